using System.Text.Json;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Accounts;
using Signals.Core.State.Indexes;

namespace Signals.Core.Tests.Platform.Languages;

public sealed class PhraseTests
{
    [Fact]
    public void Numbers_days_and_signs_are_written_as_each_language_does()
    {
        var phrase = Phrase.Of(
            $"{Format.Amount(12345.6)} {Format.Amount(1.5)} {Format.Percent(0.42)} {new DateOnly(2026, 3, 12)} {Format.Quoted("as is")} {Format.Money(1234.5)}"
        );
        Assert.Equal("12,346 1.5 42% 12 March 2026 \"as is\" 1,234.50", phrase.In("en"));
        Assert.Equal("12\u202f346 1,5 42\u202f% 12 mars 2026 «\u00a0as is\u00a0» 1\u202f234,50", phrase.In("fr"));
    }

    [Theory]
    [InlineData(0, "0 days", "0 jour")]
    [InlineData(1, "1 day", "1 jour")]
    [InlineData(2, "2 days", "2 jours")]
    [InlineData(12345, "12,345 days", "12\u202f345 jours")]
    public void Many_begins_at_two_in_French_and_at_anything_but_one_in_English(long days, string english, string french) =>
        Assert.Equal((english, french), (Format.DayCount(days).In("en"), Format.DayCount(days).In("fr")));

    [Theory]
    [InlineData(0, "0 comptes bloquent", false)]
    [InlineData(1, "1 compte bloque", true)]
    [InlineData(2, "2 comptes bloquent", true)]
    public void A_whole_sentence_is_in_the_right_number(int count, string beginning, bool begins)
    {
        var phrase = Phrase.Counted(count, $"{count} account is stuck at “{"Import"}”", $"{count} accounts are stuck at “{"Import"}”");
        Assert.Equal(begins, phrase.In("fr").StartsWith(beginning, StringComparison.Ordinal));
        Assert.EndsWith(" sur «\u00a0Import\u00a0»", phrase.In("fr"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_a_month_is_an_ordinal_in_French() =>
        Assert.Equal("1er août 2026", Format.Day(new DateOnly(2026, 8, 1)).In("fr"));

    [Fact]
    public void What_a_customer_wrote_is_left_as_it_is()
    {
        const string Written = "Pourquoi ? « rien » : 1,000 {0} {1} people|none";
        var phrase = Format.WithWords(Phrase.Of("wrote"), Written);
        Assert.Equal($"wrote: \"{Written}\"", phrase.In("en"));
        Assert.Equal($"a écrit\u00a0: «\u00a0{Written}\u00a0»", phrase.In("fr"));
        Assert.Equal(phrase, Format.WithWords(phrase, " "));
        Assert.Equal(Written, Phrase.Same(Written).In("fr"));
    }

    [Theory]
    [InlineData("fr", "aucune")]
    [InlineData("fr-CA", "aucune")]
    [InlineData("FR_fr", "aucune")]
    [InlineData("en-GB", "none")]
    [InlineData("xx", "none")]
    [InlineData("", "none")]
    public void A_locale_reads_its_languages_words_and_English_where_there_are_none(string locale, string expected) =>
        Assert.Equal(expected, Phrase.Of("people|none").In(locale));

    [Fact]
    public void Words_of_the_model_are_in_the_readers_language()
    {
        LocalText step = new(new Dictionary<string, string> { ["en"] = "Import", ["fr"] = "L’import" });
        var phrase = Stored(Phrase.Of($"{step} in {Format.List([step, "Pro"])}"));
        Assert.Equal("Import in Import, Pro", phrase.In("en"));
        Assert.StartsWith("L’import", phrase.In("fr"), StringComparison.Ordinal);
        Assert.EndsWith("L’import, Pro", phrase.In("fr"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_stored_as_its_text_and_what_is_in_the_holes()
    {
        var phrase = Phrase.Of(
            $"{Format.Amount(12.34)} {"minutes"} in the last {30} days: {Format.Percent(0.4)} on {new DateOnly(2026, 3, 12)}"
        );
        Assert.Equal(
            """{"say":"{0} {1} in the last {2} days: {3} on {4}","with":[12.3,"minutes",30,{"percent":40},{"day":"2026-03-12"}]}""",
            JsonSerializer.Serialize(phrase)
        );
        Assert.Equal("""{"say":"{0} days","one":"{0} day","count":1,"with":[1]}""", JsonSerializer.Serialize(Format.DayCount(1)));
        Assert.Equal("\"Acme\"", JsonSerializer.Serialize(Phrase.Same("Acme")));
        Assert.Equal("\"\"", JsonSerializer.Serialize(default(Phrase)));
    }

    [Fact]
    public void What_was_stored_is_what_was_said()
    {
        LocalText name = new(new Dictionary<string, string> { ["en"] = "Imports", ["fr"] = "Les imports" });
        Phrase[] phrases =
        [
            Phrase.Empty,
            Phrase.Same("{0}"),
            Phrase.Of("wrote"),
            Format.DayCount(3),
            Format.Money(12.5),
            Format.Amount(double.NaN),
            Format.WithWords(Phrase.Of($"{name} failed {Format.Times(2)}"), "\"quoted\" {0}"),
            Phrase.Pair("three", "trois"),
            Phrase.Of($"before {Phrase.Pair("three", "trois")}"),
        ];
        Assert.All(
            phrases,
            phrase =>
            {
                Assert.Equal(phrase, Stored(phrase));
                Assert.Equal(phrase.In("en"), Stored(phrase).In("en"));
                Assert.Equal(phrase.In("fr"), Stored(phrase).In("fr"));
            }
        );
        Assert.Equal(phrases.Length, phrases.Distinct().Count());
    }

    [Theory]
    [InlineData("\"3 tries\"", "3 tries", "3 tries")]
    [InlineData("[\"3 tries\",\"3 essais\"]", "3 tries", "3 essais")]
    public void A_row_of_when_there_were_two_languages_reads_as_before(string json, string english, string french)
    {
        var phrase = JsonSerializer.Deserialize<Phrase>(json);
        Assert.Equal((english, french, english), (phrase.In("en"), phrase.In("fr"), phrase.In("xx")));
        Assert.Equal(json, JsonSerializer.Serialize(phrase));
    }

    [Theory]
    [InlineData("[\"one\"]")]
    [InlineData("[\"one\",\"two\",\"three\"]")]
    [InlineData("[\"one\",2]")]
    [InlineData("{\"en\":\"one\"}")]
    [InlineData("{}")]
    [InlineData("{\"day\":\"2026-03-12\"}")]
    [InlineData("{\"say\":\"{0}\",\"with\":[true]}")]
    [InlineData("{\"say\":\"{0}\",\"with\":[{\"day\":\"12 March\"}]}")]
    [InlineData("{\"say\":\"{0}\",\"with\":[{\"texts\":{}}]}")]
    [InlineData("{\"say\":\"{0} days\",\"count\":\"3\"}")]
    [InlineData("3")]
    public void Anything_else_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Phrase>(json));

    [Fact]
    public void A_hole_that_nothing_was_put_in_stays_to_be_seen() =>
        Assert.Equal("1 and {1}", JsonSerializer.Deserialize<Phrase>("""{"say":"{0} and {1}","with":[1]}""").In("en"));

    [Fact]
    public void Rows_of_before_there_was_French_still_read()
    {
        var review = JsonSerializer.Deserialize(
            """
            { "reviewedAt": "2026-01-05T10:00:00+00:00", "assessment": {
                "health": { "score": 40, "value": 3, "raise": { "part": "depth", "points": 12, "text": "1 of 3 key features was not used." } },
                "risk": { "level": "AtRisk", "score": 55, "raisedBy": [{ "feature": "value.own", "text": "3 minutes in 14 days", "added": 0.4 }] },
                "causes": [{ "id": "usage-drop", "subject": "Account", "affected": 1, "confidence": 0.8,
                  "evidence": [{ "text": "3 minutes in the last 14 days", "value": "3 minutes", "expected": "about 40 minutes", "since": "2025-12-22" }] }] } }
            """,
            AccountJson.Default.AccountReview
        )!;
        var line = Assert.Single(review.Assessment.Causes).Evidence[0];
        Assert.Equal((Phrase.Same("3 minutes"), Phrase.Same("about 40 minutes")), (line.Value, line.Expected));
        Assert.Equal("3 minutes in 14 days", review.Assessment.Risk.RaisedBy[0].Text.Fr);
        Assert.Equal("1 of 3 key features was not used.", review.Assessment.Health.Raise!.Text.In("fr"));

        var summary = JsonSerializer.Deserialize(
            """{ "key": "g_acme", "id": "acme", "name": "Acme", "causes": [{ "id": "usage-drop", "confidence": 0.8, "affected": 1, "evidence": "3 minutes in the last 14 days" }] }""",
            IndexJson.Default.AccountSummary
        )!;
        Assert.Equal(Phrase.Same("3 minutes in the last 14 days"), summary.Causes[0].Evidence);
    }

    private static Phrase Stored(Phrase phrase) => JsonSerializer.Deserialize<Phrase>(JsonSerializer.Serialize(phrase));
}
