using Signals.Core.Platform.Languages;

namespace Signals.Core.Tests.Platform.Languages;

public sealed class LanguageTests
{
    public static TheoryData<string> All => [.. Language.Codes];

    [Fact]
    public void Languages_are_the_files_of_the_catalogues_English_first() =>
        Assert.Equal(
            [("en", "English", true), ("de", "Deutsch", false), ("fr", "Français", true)],
            Language.Codes.Select(code => (code, Language.Of(code).Name, Language.Of(code).IsForTeam))
        );

    [Theory]
    [InlineData("en", "3 Nov 2026", "3 Nov", "Tuesday 3 November", "November 2026", "3 November 2026")]
    [InlineData("de", "3. Nov. 2026", "3. Nov.", "Dienstag, 3. November", "November 2026", "3. November 2026")]
    [InlineData("fr", "3 nov. 2026", "3 nov.", "mardi 3 novembre", "novembre 2026", "3 novembre 2026")]
    public void A_day_is_written_in_its_ways(string code, string day, string shortDay, string longDay, string month, string inText)
    {
        var (language, date) = (Language.Of(code), new DateOnly(2026, 11, 3));
        Assert.Equal(
            (day, shortDay, longDay, month, inText),
            (language.Day(date), language.ShortDay(date), language.LongDay(date), language.Month(date), language.DayInText(date))
        );
    }

    [Theory]
    [InlineData("en", "1 Aug 2026", "Saturday 1 August", "1 August 2026")]
    [InlineData("de", "1. Aug. 2026", "Samstag, 1. August", "1. August 2026")]
    [InlineData("fr", "1er août 2026", "samedi 1er août", "1er août 2026")]
    public void So_is_the_first_of_a_month(string code, string day, string longDay, string inText)
    {
        var (language, date) = (Language.Of(code), new DateOnly(2026, 8, 1));
        Assert.Equal((day, longDay, inText), (language.Day(date), language.LongDay(date), language.DayInText(date)));
    }

    [Theory]
    [InlineData("en", "1,234,567.5", "42%", ',')]
    [InlineData("de", "1.234.567,5", "42\u00a0%", ';')]
    [InlineData("fr", "1\u202f234\u202f567,5", "42\u202f%", ';')]
    public void Numbers_are_written_in_its_ways(string code, string number, string percent, char separator)
    {
        var language = Language.Of(code);
        Assert.Equal(
            (number, percent, separator),
            (language.Number(1_234_567.5, "#,##0.##"), language.Percent("42"), language.CellSeparator)
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_month_and_weekday_has_a_name_of_its_own(string code)
    {
        var language = Language.Of(code);
        var days = Enumerable.Range(0, 365).Select(day => new DateOnly(2026, 1, 1).AddDays(day)).ToList();
        Assert.Equal(12, days.Select(language.Month).Distinct().Count());
        Assert.Equal(365, days.Select(language.ShortDay).Distinct().Count());
        Assert.Equal(7, days.Select(day => language.LongDay(day).Split(' ')[0]).Distinct().Count());
        Assert.Equal(12, language.Months.Distinct().Count());
    }

    [Theory]
    [InlineData("de", 0, 1)]
    [InlineData("de", 1, 0)]
    [InlineData("de", 2, 1)]
    [InlineData("fr", 0, 0)]
    [InlineData("fr", 1, 0)]
    [InlineData("fr", 2, 1)]
    [InlineData("en", -1, 0)]
    [InlineData("fr", -2, 1)]
    public void A_number_takes_the_form_that_CLDR_says(string code, long number, int form) =>
        Assert.Equal(form, PluralRule.Of(code).Form(number));

    [Fact]
    public void A_catalogue_without_a_plural_rule_is_refused() =>
        Assert.Contains("'pl'", Assert.Throws<NotSupportedException>(() => PluralRule.Of("pl")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_tells_texts_apart_is_not_said_where_there_are_no_words()
    {
        Assert.Equal("none", Language.English.Text("people|none"));
        Assert.Equal("aucune", Language.Of("fr").Text("people|none"));
        Assert.Equal("aucun", Language.Of("fr").Text("none"));
    }

    [Fact]
    public void A_plain_text_is_looked_up_without_allocating()
    {
        var french = Language.Of("fr");
        Assert.Equal("C’est fait", french.Text("Done"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Language.Of("fr-CA").Text("Done");
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
