using Signals.Core.Platform.Storage;

namespace Signals.Core.Tests.Platform.Storage;

public sealed class StorageKeyTests
{
    [Theory]
    [InlineData("user-1_a.b@c.example+tag", "user-1_a.b@c.example+tag")]
    [InlineData("", "")]
    [InlineData("a/b", "a=2Fb")]
    [InlineData("a=b", "a=3Db")]
    [InlineData("a b", "a=20b")]
    [InlineData("é", "=C3=A9")]
    [InlineData("\U0001F600", "=F0=9F=98=80")]
    [InlineData("#?\\\n", "=23=3F=5C=0A")]
    public void A_name_becomes_a_key_part_that_every_store_takes(string name, string expected)
    {
        string key = StorageKey.Encode(name);

        Assert.Equal(expected, key);
        EntityLimits.CheckKey("row key", key);
    }

    [Fact]
    public void Names_that_differ_stay_apart()
    {
        string[] names =
        [
            "a",
            "A",
            "a=",
            "a=3D",
            "=61",
            "a b",
            "a+b",
            "é",
            "e\u0301",
            new string('a', 500),
            new string('a', 501),
            new string('é', 100),
        ];

        Assert.Equal(names.Length, names.Select(StorageKey.Encode).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData('a', 120, 120)]
    [InlineData('a', 121, 66)]
    [InlineData('é', 20, 120)]
    [InlineData('é', 21, 66)]
    public void A_long_name_is_replaced_by_a_hash_of_fixed_length(char letter, int count, int length)
    {
        string key = StorageKey.Encode(new string(letter, count));

        Assert.Equal(length, key.Length);
        Assert.Equal(length == 66, key.StartsWith("==", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_sort_as_text_and_read_back_to_the_millisecond()
    {
        var early = new DateTimeOffset(2026, 3, 1, 23, 59, 59, 999, TimeSpan.FromHours(-5));
        var late = early.AddMilliseconds(1);

        Assert.Equal("20260302045959999", StorageKey.Time(early));
        Assert.True(string.CompareOrdinal(StorageKey.Time(early), StorageKey.Time(late)) < 0);
        Assert.Equal(late, StorageKey.ParseTime(StorageKey.Time(late)));
    }
}
