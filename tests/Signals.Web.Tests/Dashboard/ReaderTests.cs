using Signals.Web.Dashboard;
using Signals.Web.Markup;

namespace Signals.Web.Tests.Dashboard;

public sealed class ReaderTests
{
    private const string Hostile = "<script>{0} {1}</script>";

    private static readonly DateTimeOffset Now = new(2026, 11, 3, 14, 5, 0, TimeSpan.Zero);

    [Fact]
    public void Markup_stands_in_a_sentence_and_nothing_else_becomes_markup()
    {
        Html when = $"<b>{Hostile}</b>";
        Assert.Equal("levée <b>&lt;script&gt;{0} {1}&lt;/script&gt;</b>", Of("fr").SayHtml($"raised {when}").ToString());
        Assert.Equal(
            "Taken on by &lt;script&gt;{0} {1}&lt;/script&gt; <b>&lt;script&gt;{0} {1}&lt;/script&gt;</b>",
            Of("en").SayHtml($"Taken on by {Hostile} {when}").ToString()
        );
        Assert.Equal("a &lt; {1} {x} b", Html.Filled("a < {1} {x} {0}", [$"b"]).ToString());
    }

    [Theory]
    [InlineData("en", 0, "just now")]
    [InlineData("en", -1, "1 minute ago")]
    [InlineData("en", 61, "in 1 hour")]
    [InlineData("en", -60 * 24 * 3, "3 days ago")]
    [InlineData("en", -60 * 24 * 31, "3 Oct 2026")]
    [InlineData("fr", 0, "à l’instant")]
    [InlineData("fr", 1, "dans 1 minute")]
    [InlineData("fr", -119, "il y a 1 heure")]
    [InlineData("fr", 60 * 24 * 3, "dans 3 jours")]
    [InlineData("fr", 60 * 24 * 31, "4 déc. 2026")]
    public void A_moment_is_told_by_its_distance(string language, int minutes, string expected) =>
        Assert.Equal(expected, Of(language).Ago(Now.AddMinutes(minutes)));

    [Theory]
    [InlineData("en", "3 Nov 2026, 14:05", "1,234.5", "42%", "+12%", "1,234.5 EUR a month")]
    [InlineData("fr", "3 nov. 2026 à 14:05", "1\u202f234,5", "42\u202f%", "+12\u202f%", "1\u202f234,5 EUR par mois")]
    public void Figures_are_written_as_the_readers_language_does(
        string language,
        string moment,
        string amount,
        string percent,
        string change,
        string price
    )
    {
        var reader = Of(language);
        Assert.Equal(
            (moment, amount, percent, change, price),
            (reader.Moment(Now), reader.Amount(1234.5, 1), reader.Percent(0.42), reader.Change(0.12), reader.Price(1234.5))
        );
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void What_is_less_than_nothing_has_a_minus_and_no_hyphen(string language)
    {
        var reader = Of(language);
        Assert.Equal(
            ("−100", "−100", "−3"),
            (reader.Amount(-100), reader.Whole(-100), reader.Percent(-0.03).Replace("%", "", StringComparison.Ordinal).TrimEnd('\u202f'))
        );
        Assert.Equal("0", reader.Amount(-0.01));
    }

    private static Reader Of(string language) =>
        new()
        {
            Language = language,
            Zone = TimeZoneInfo.Utc,
            Currency = "EUR",
            Now = Now,
        };
}
