using Signals.Core.Platform.Storage;
using Xunit;

namespace Signals.Testing.Storage;

public abstract partial class EntityStoreContract
{
    public static TheoryData<object> Values =>
        new(
            (object[])
                [
                    "",
                    "plain",
                    "é 中 \U0001F600 \t\r\n \0 end",
                    new string('x', EntityLimits.MaxStringChars),
                    new string('中', EntityLimits.MaxStringChars),
                    0,
                    1,
                    -1,
                    int.MinValue,
                    int.MaxValue,
                    0L,
                    1L,
                    -1L,
                    long.MinValue,
                    long.MaxValue,
                    0d,
                    1.5,
                    double.MinValue,
                    double.MaxValue,
                    double.Epsilon,
                    double.NaN,
                    double.PositiveInfinity,
                    double.NegativeInfinity,
                    true,
                    false,
                    EntityLimits.MinTime,
                    DateTimeOffset.UnixEpoch,
                    new DateTimeOffset(DateTime.MaxValue.Ticks, TimeSpan.Zero),
                    new DateTimeOffset(638_000_000_001_234_567, TimeSpan.Zero),
                    Guid.Empty,
                    Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
                    Array.Empty<byte>(),
                    new byte[] { 0, 255, 1 },
                    new byte[EntityLimits.MaxPropertyBytes],
                ]
        );

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_column_comes_back_as_it_went_in(object value)
    {
        await CommitAsync(EntityOperation.Insert(new Entity(Partition, "row") { ["Column"] = value }));

        object? read = (await GetAsync("row"))!["Column"];

        Assert.NotNull(read);
        Assert.Equal(value.GetType(), read.GetType());
        Assert.Equal(value, read);
    }

    [Fact]
    public async Task A_time_comes_back_in_UTC()
    {
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 15, 123, TimeSpan.FromHours(2)).AddTicks(4567);
        await CommitAsync(EntityOperation.Insert(new Entity(Partition, "row") { ["Time"] = time }));

        var read = (await GetAsync("row"))!.GetTime("Time")!.Value;

        Assert.Equal((time, TimeSpan.Zero), (read, read.Offset));
    }

    [Fact]
    public async Task Columns_keep_their_names_and_case()
    {
        var entity = new Entity(Partition, "row")
        {
            ["value"] = 1,
            ["Value"] = 2,
            ["_v1"] = 3,
            ["Größe"] = 4,
            [new string('n', EntityLimits.MaxPropertyNameChars)] = 5,
        };
        await CommitAsync(EntityOperation.Insert(entity));

        Assert.Equal(
            entity.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            (await GetAsync("row"))!.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_row_without_columns_and_one_with_all_of_them_are_kept()
    {
        var full = new Entity(Partition, "full");
        for (int i = 0; i < EntityLimits.MaxProperties; i++)
            full[$"Column{i}"] = i;
        await CommitAsync(EntityOperation.Insert(new Entity(Partition, "bare")), EntityOperation.Insert(full));

        Assert.Empty((await GetAsync("bare"))!.Properties);
        Assert.Equal(full.Properties, (await GetAsync("full"))!.Properties);
    }

    [Fact]
    public async Task What_the_caller_changes_afterwards_changes_nothing_in_the_store()
    {
        byte[] bytes = [1, 2, 3];
        var entity = new Entity(Partition, "row") { ["Bytes"] = bytes, ["Value"] = 1 };
        await CommitAsync(EntityOperation.Insert(entity));

        bytes[0] = 9;
        entity["Value"] = 9;
        (await GetAsync("row"))!.GetBinary("Bytes")![1] = 9;

        var read = (await GetAsync("row"))!;
        Assert.Equal(1, read.GetInt32("Value"));
        Assert.Equal(new byte[] { 1, 2, 3 }, read.GetBinary("Bytes"));
    }

    [Fact]
    public async Task A_row_of_the_largest_size_is_kept_byte_for_byte()
    {
        var entity = LargeRow("large", 15);
        await CommitAsync(EntityOperation.Insert(entity));

        Assert.Equal(entity.Properties, (await GetAsync("large"))!.Properties);
    }
}
