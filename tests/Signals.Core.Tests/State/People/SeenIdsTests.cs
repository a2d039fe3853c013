using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.State.People;

namespace Signals.Core.Tests.State.People;

public sealed class SeenIdsTests
{
    private const int Today = 739_000;

    [Theory]
    [InlineData(10)]
    [InlineData(49)]
    [InlineData(5_000)]
    public void Every_id_is_found_with_the_message_that_brought_it_and_no_other_is(int count)
    {
        var seen = new SeenIds();
        for (int i = 0; i < count; i++)
            Assert.True(seen.Add(IdOf(i), Today + (i % 3), (uint)(i / 7)));

        Assert.All(Enumerable.Range(0, count), i => Assert.Equal((uint)(i / 7), seen.Find(IdOf(i))));
        Assert.All(Enumerable.Range(count, count), i => Assert.Null(seen.Find(IdOf(i))));
        Assert.Equal(count, seen.Count);
        Assert.False(seen.Add(IdOf(count / 2), Today, 99));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (IdOf(i), Today + (i % 3), (uint)(i / 7))).Order(), seen.All().Order());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public void Only_what_arrived_over_eight_days_before_is_forgotten_whatever_the_order_of_arrival(int count)
    {
        var seen = new SeenIds();
        for (int i = 0; i < count; i++)
            seen.Add(IdOf(i), DayOf(i), 1);

        seen.Prune(Today);

        Assert.All(
            Enumerable.Range(0, count),
            i => Assert.Equal(DayOf(i) >= Today - SeenIds.RetentionDays, seen.Find(IdOf(i)) is not null)
        );
        Assert.True(seen.Add(IdOf(count), Today, 2));
        Assert.Equal(2u, seen.Find(IdOf(count)));

        static int DayOf(int i) => Today - (i * 7 % 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void What_is_written_is_the_same_in_however_many_writes_it_came(int atOnce)
    {
        var whole = new SeenIds();
        var parts = new SeenIds();
        for (int i = 0; i < 500; i++)
        {
            whole.Add(IdOf(i), Today - (i % 2), (uint)i);
            parts.Add(IdOf(i), Today - (i % 2), (uint)i);
            if (i % atOnce != 0)
                continue;
            var row = new PackReader(Written(parts));
            parts = SeenIds.Read(ref row);
        }

        Assert.Equal(Written(whole), Written(parts));
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal((uint)i, parts.Find(IdOf(i))));

        static byte[] Written(SeenIds ids)
        {
            var writer = new PackWriter();
            ids.Write(writer);
            return writer.ToArray();
        }
    }

    [Fact]
    public void What_was_written_is_known_beside_what_comes_then()
    {
        var seen = new SeenIds();
        for (int i = 0; i < 100; i++)
            seen.Add(IdOf(i), Today - (i % 5), (uint)i);
        var writer = new PackWriter();
        seen.Write(writer);

        var reader = new PackReader(writer.Written);
        var read = SeenIds.Read(ref reader);
        read.Add(IdOf(100), Today, 100);

        Assert.All(Enumerable.Range(0, 101), i => Assert.Equal((uint)i, read.Find(IdOf(i))));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal((uint)i, seen.Find(IdOf(i))));
        Assert.Equal(101, read.Count);
    }

    [Fact]
    public void Quick_hashes_of_ids_that_are_nearly_alike_differ_in_half_of_their_bits()
    {
        string[] ids = [.. Enumerable.Range(0, 200_000).Select(i => $"message-{i}"), .. Enumerable.Range(0, 200_000).Select(i => $"{i:x}")];
        ulong[] hashes = [.. ids.Select(id => MessageHash.Quick(id))];

        Assert.Equal(ids.Length, hashes.Distinct().Count());
        double bits = hashes.Zip(hashes.Skip(1), (one, next) => (double)ulong.PopCount(one ^ next)).Average();
        Assert.InRange(bits, 31.8, 32.2);
        for (int bit = 0; bit < 64; bit++)
            Assert.InRange(hashes.Count(hash => (hash >> bit & 1) == 1) / (double)hashes.Length, 0.49, 0.51);
    }

    private static ulong IdOf(int number) => MessageHash.Of($"m{number}");
}
