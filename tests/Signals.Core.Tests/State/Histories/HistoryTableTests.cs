using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;

namespace Signals.Core.Tests.State.Histories;

/// <summary>Histories beside plain dictionaries that were told the same: few names and many, small numbers and large, in any order.</summary>
public sealed class HistoryTableTests
{
    private const int NewestDay = 739_000;

    [Theory]
    [InlineData(1, 4, 500)]
    [InlineData(2, 4, 20)]
    [InlineData(3, 40, 500)]
    [InlineData(4, 300, 8)]
    [InlineData(5, 300, 430)]
    public void A_history_tells_what_was_recorded_whatever_the_order(int seed, int names, int days)
    {
        var told = Told(seed, names, days);

        var history = HistoryOf(told);

        AssertTells(told, history);
    }

    [Theory]
    [InlineData(6, 4, 300)]
    [InlineData(7, 300, 8)]
    public void What_was_packed_is_read_as_it_was(int seed, int names, int days)
    {
        var told = Told(seed, names, days);
        byte[] packed = Packed(HistoryOf(told));

        var reader = new PackReader(packed);
        var read = History.Read(ref reader);

        Assert.True(reader.AtEnd);
        AssertTells(told, read);
        Assert.Equal(packed, Packed(read));
    }

    [Theory]
    [InlineData(8, 4, 300)]
    [InlineData(9, 300, 8)]
    public void A_history_that_was_read_goes_on_as_if_it_had_never_been_away(int seed, int names, int days)
    {
        var told = Told(seed, names, days);
        var reader = new PackReader(Packed(HistoryOf(told[..(told.Count / 2)])));
        var read = History.Read(ref reader);

        foreach (var one in told[(told.Count / 2)..])
            Record(read, one);

        AssertTells(told, read);
    }

    [Theory]
    [InlineData(10, 4, 300)]
    [InlineData(11, 300, 8)]
    public void Two_halves_that_are_merged_are_the_whole(int seed, int names, int days)
    {
        var told = Told(seed, names, days);
        var history = HistoryOf([.. told.Where((_, i) => i % 2 == 0)]);

        history.MergeFrom(HistoryOf([.. told.Where((_, i) => i % 2 == 1)]));

        AssertTells(told, history);
    }

    [Fact]
    public void A_history_as_it_was_on_a_day_stays_as_it_is_when_more_comes()
    {
        var told = Told(12, 4, 300);
        var history = HistoryOf(told);
        int day = NewestDay - 100;

        var then = history.UpTo(day);
        foreach (var one in Told(13, 4, 300))
            Record(history, one);

        AssertTells([.. told.Where(one => Days.Of(one.At) <= day)], then);
    }

    [Fact]
    public void Totals_stop_at_the_largest_number_there_is()
    {
        var history = new History();
        var at = Days.Start(NewestDay);
        foreach (long micros in (long[])[long.MaxValue, 1, long.MinValue, long.MinValue, 1])
            history.Record("Watched", at, mentioned: true, [new PropertySum("Watched.seconds", micros)]);

        Assert.Equal(long.MinValue + 1, Assert.Single(history.Buckets).Sum(0));
        Assert.Equal(5, Assert.Single(history.Buckets).Count(0));
    }

    private static List<Deed> Told(int seed, int names, int days)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, 4_000)
                .Select(i =>
                {
                    string name = $"Event {random.Next(names)}";
                    long micros = random.Next(4) switch
                    {
                        0 => random.Next(200),
                        1 => random.Next(100_000),
                        2 => -random.Next(1_000_000_000),
                        _ => random.NextInt64(-1_000_000_000_000, 1_000_000_000_000),
                    };
                    // The newest day is told of, so that it is known which days are over.
                    var day = Days.Start(NewestDay - (i == 0 ? 0 : random.Next(days)));
                    return new Deed(name, day.AddMinutes(random.Next(1440)), random.Next(3) > 0 ? micros : null);
                }),
        ];
    }

    private static History HistoryOf(List<Deed> told)
    {
        var history = new History();
        foreach (var one in told)
            Record(history, one);
        return history;
    }

    private static void Record(History history, Deed deed) =>
        history.Record(deed.Name, deed.At, mentioned: true, deed.Micros is { } micros ? [new PropertySum(KeyOf(deed.Name), micros)] : []);

    private static string KeyOf(string name) => History.PropertyKey(name, "amount");

    private static byte[] Packed(History history)
    {
        var writer = new PackWriter();
        history.Write(writer);
        return writer.ToArray();
    }

    private static void AssertTells(List<Deed> told, History history)
    {
        int newest = told.Max(deed => Days.Of(deed.At));
        var days = told.GroupBy(deed => Days.Of(deed.At)).Where(day => day.Key >= newest - History.RetentionDays).OrderBy(day => day.Key);
        Assert.Equal(days.Select(day => day.Key), history.Buckets.Select(bucket => bucket.Day));
        foreach (var (day, bucket) in days.Zip(history.Buckets))
        {
            Assert.Equal(day.Aggregate(0UL, (slots, deed) => slots | (1UL << (int)(deed.At.TimeOfDay.TotalMinutes / 30))), bucket.Slots);
            var counts = day.CountBy(deed => deed.Name).ToDictionary();
            var sums = day.Where(deed => deed.Micros is not null)
                .GroupBy(deed => deed.Name)
                .ToDictionary(of => of.Key, of => of.Sum(deed => deed.Micros!.Value));
            Assert.All(
                history.Names,
                total => Assert.Equal(counts.GetValueOrDefault(total.Name), bucket.Count(history.NameOf(total.Name)))
            );
            Assert.All(
                history.SumKeys.Select((key, index) => (key, index)),
                sum => Assert.Equal(sums.GetValueOrDefault(sum.key.Split('\u001f')[0]), bucket.Sum(sum.index))
            );
        }
    }

    private sealed record Deed(string Name, DateTimeOffset At, long? Micros);
}
