using System.Buffers;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

/// <summary>Every type's round trip is in the contract; here is what damaged bytes lead to, and the format itself.</summary>
public sealed class EntityCodecTests
{
    [Fact]
    public void The_format_is_the_one_in_the_data_files()
    {
        byte[] bytes = Encode(
            new Entity("p", "r")
            {
                ["A"] = -3,
                ["B"] = "é",
                ["C"] = true,
            }
        );

        Assert.Equal("0103" + "0141" + "0305" + "0142" + "0102C3A9" + "0143" + "07", Convert.ToHexString(bytes));
    }

    [Fact]
    public void Bytes_cut_off_anywhere_are_refused()
    {
        byte[] bytes = Encode(Sample());

        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => EntityCodec.Decode(bytes.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => EntityCodec.Decode([.. bytes, 0]));
    }

    [Fact]
    public void Bytes_changed_anywhere_are_read_or_refused_and_never_break_the_reader()
    {
        byte[] bytes = Encode(Sample());
        var random = new Random(2);
        int refused = 0;

        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (Record.Exception(() => EntityCodec.Decode(damaged)) is { } error)
            {
                Assert.IsType<InvalidDataException>(error);
                refused++;
            }
        }

        Assert.InRange(refused, 1, 19_999);
    }

    private static Entity Sample() =>
        new("p", "r")
        {
            ["Text"] = "text",
            ["Broken"] = "\ud83d",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = 1.5,
            ["Yes"] = true,
            ["Time"] = DateTimeOffset.UnixEpoch,
            ["Guid"] = Guid.Empty,
            ["Bytes"] = new byte[] { 1, 2, 3 },
        };

    private static byte[] Encode(Entity entity)
    {
        var rented = EntityCodec.Encode(entity);
        byte[] bytes = rented.ToArray();
        ArrayPool<byte>.Shared.Return(rented.Array!);
        return bytes;
    }
}
