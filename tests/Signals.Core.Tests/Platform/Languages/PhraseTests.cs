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
            $"{Format.Amount(12345.6)} and {Format.Amount(1.5)}: {Format.Percent(0.42)} on {new DateOnly(2026, 3, 12)}, {Format.Quoted("as is")}",
            $"{Format.Amount(12345.6)} et {Format.Amount(1.5)} : {Format.Percent(0.42)} le {new DateOnly(2026, 3, 12)}, {Format.Quoted("as is")}"
        );
        Assert.Equal("12,346 and 1.5: 42% on 2026-03-12, \"as is\"", phrase.En);
        Assert.Equal("12\u202f346 et 1,5\u00a0: 42\u202f% le 12 mars 2026, «\u00a0as is\u00a0»", phrase.Fr);
    }

    [Theory]
    [InlineData(0, "0 days", "0 jour")]
    [InlineData(1, "1 day", "1 jour")]
    [InlineData(2, "2 days", "2 jours")]
    [InlineData(12345, "12,345 days", "12\u202f345 jours")]
    public void Many_begins_at_two_in_French_and_at_anything_but_one_in_English(long days, string english, string french) =>
        Assert.Equal(new Phrase(english, french), Format.DayCount(days));

    [Fact]
    public void The_first_of_a_month_is_an_ordinal_in_French() => Assert.Equal("1er août 2026", Format.Day(new DateOnly(2026, 8, 1)).Fr);

    [Fact]
    public void What_a_customer_wrote_is_left_as_it_is()
    {
        string written = "Pourquoi ? « rien » : 1,000";
        Assert.Contains(
            written,
            Phrase.Of($"wrote{Format.AfterColon(written)}", $"a écrit{Format.AfterColon(written)}").Fr,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("fr", "trois")]
    [InlineData("fr-CA", "trois")]
    [InlineData("en-GB", "three")]
    [InlineData("de", "three")]
    public void A_locale_reads_its_languages_words_and_English_where_there_are_none(string locale, string expected) =>
        Assert.Equal(expected, new Phrase("three", "trois").In(locale));

    [Theory]
    [InlineData("\"3 tries\"", "3 tries", "3 tries")]
    [InlineData("[\"3 tries\",\"3 essais\"]", "3 tries", "3 essais")]
    public void It_is_stored_as_a_pair_or_as_one_string_when_both_are_the_same(string json, string english, string french)
    {
        var phrase = JsonSerializer.Deserialize<Phrase>(json);
        Assert.Equal(new Phrase(english, french), phrase);
        Assert.Equal(json, JsonSerializer.Serialize(phrase));
    }

    [Theory]
    [InlineData("[\"one\"]")]
    [InlineData("[\"one\",\"two\",\"three\"]")]
    [InlineData("[\"one\",2]")]
    [InlineData("{\"en\":\"one\"}")]
    [InlineData("3")]
    public void Anything_else_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Phrase>(json));

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
}
