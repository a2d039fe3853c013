using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Tests.State.Accounts;

public sealed class PriceDaysTests
{
    private static readonly int Monday = new DateOnly(2026, 3, 2).DayNumber;

    [Fact]
    public void A_day_has_the_price_said_last_up_to_its_end_and_before_the_first_that_one()
    {
        var prices = new PriceDays();
        prices.Note(Traits.Mrr, "49", At(0, 9));
        prices.Note(Traits.Mrr, "99.5", At(2, 9));

        Assert.Equal([49.0, 49.0, 49.0, 99.5, 99.5], new[] { -3, 0, 1, 2, 9 }.Select(day => prices.On(Monday + day)!.Value));
        Assert.Null(new PriceDays().On(Monday));
    }

    [Fact]
    public void Whatever_order_they_come_in_the_same_is_kept()
    {
        (string Trait, string? Value, DateTimeOffset At)[] said =
        [
            (Traits.Mrr, "10", At(0, 9)),
            (Traits.Mrr, "20", At(0, 15)),
            (Traits.Mrr, "30", At(3, 1)),
            (Traits.Mrr, "5", At(1, 8)),
            (Traits.Price, "77", At(2, 8)),
        ];
        var forth = Of(said);
        var back = Of(said.Reverse());
        var parts = Of(said.Take(2));
        parts.MergeFrom(Of(said.Skip(2)));

        Assert.Equal(forth.ToString(), back.ToString());
        Assert.Equal(forth.ToString(), parts.ToString());
        Assert.Equal(20, forth.On(Monday));
        Assert.Equal(77, forth.On(Monday + 3));
    }

    [Fact]
    public void A_price_that_was_taken_back_counts_no_more_from_then_on()
    {
        var prices = Of([
            (Traits.Mrr, "49", At(0, 9)),
            (Traits.Price, "99", At(2, 9)),
            (Traits.Price, null, At(4, 9)),
            (Traits.Mrr, null, At(6, 9)),
        ]);

        Assert.Equal([49.0, 99.0, 49.0, null], new[] { 1, 3, 5, 7 }.Select(day => prices.On(Monday + day)));
        Assert.Equal([(Monday + 2, 49.0, 99.0), (Monday + 4, 99.0, 49.0)], prices.Changes);

        var writer = new PackWriter();
        prices.Write(writer);
        var reader = new PackReader(writer.ToArray());
        Assert.Equal(prices.ToString(), PriceDays.Read(ref reader).ToString());
    }

    [Fact]
    public void A_row_of_before_prices_were_kept_tells_the_last_of_them()
    {
        var profile = new Profile();
        profile.Set(Traits.Mrr, "49", At(1, 9), 1);
        profile.Set(Traits.Plan, "pro", At(1, 9), 1);

        var prices = PriceDays.Of(profile);

        Assert.Equal(49, prices.On(Monday));
        Assert.Equal(49, prices.On(Monday + 9));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("a lot")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("")]
    public void What_is_no_price_says_nothing(string value)
    {
        var prices = new PriceDays();
        prices.Note(Traits.Mrr, value, At(0, 9));
        prices.Note(Traits.Seats, "12", At(0, 9));

        Assert.Null(prices.On(Monday));
    }

    [Fact]
    public void It_is_read_as_it_was_written_and_old_days_go()
    {
        var prices = Of(Enumerable.Range(0, 500).Select(day => (Traits.Mrr, (string?)$"{day}", At(day, 9))));
        var writer = new PackWriter();
        prices.Write(writer);
        var reader = new PackReader(writer.ToArray());

        var read = PriceDays.Read(ref reader);

        Assert.Equal(prices.ToString(), read.ToString());
        Assert.Equal(99, read.On(Monday));
        Assert.Equal(499, read.On(Monday + 600));
    }

    private static PriceDays Of(IEnumerable<(string Trait, string? Value, DateTimeOffset At)> said)
    {
        var prices = new PriceDays();
        foreach (var (trait, value, at) in said)
            prices.Note(trait, value, at);
        return prices;
    }

    private static DateTimeOffset At(int day, int hour) => Days.Start(Monday + day).AddHours(hour);
}
