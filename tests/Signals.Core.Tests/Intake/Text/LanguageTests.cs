using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("The import works but the export is missing.", "en")]
    [InlineData("Ça marche mais il manque l'export.", "fr")]
    [InlineData("Das ist sehr gut, aber der Export fehlt noch.", "de")]
    [InlineData("La aplicación es muy buena pero no funciona bien.", "es")]
    [InlineData("Questa è molto utile ma non funziona sempre.", "it")]
    [InlineData("O aplicativo não funciona muito bem.", "pt")]
    [InlineData("Het is goed, maar de export werkt niet.", "nl")]
    [InlineData("Очень хорошее приложение", "ru")]
    [InlineData("素晴らしいアプリです", "ja")]
    [InlineData("很好用的应用", "zh")]
    [InlineData("아주 좋아요", "ko")]
    [InlineData("تطبيق رائع", "ar")]
    [InlineData("12345", "und")]
    [InlineData("", "und")]
    public async Task A_text_tells_its_language(string text, string expected) =>
        Assert.Equal(expected, (await Texts.AnalyzeAsync(text)).Language);

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr-CA", "fr")]
    [InlineData("EN_us", "en")]
    [InlineData("not a language", "en")]
    [InlineData("und", "en")]
    [InlineData("", "en")]
    public async Task A_language_that_is_known_is_not_guessed(string given, string expected) =>
        Assert.Equal(expected, (await Texts.AnalyzeAsync("The import is not what we want.", given)).Language);

    [Fact]
    public async Task Words_of_other_languages_say_nothing()
    {
        var analysis = await Texts.AnalyzeAsync("Das ist sehr schlecht, der Export funktioniert nicht.");

        Assert.Equal((TextSentiment.Neutral, 0), (analysis.Sentiment, analysis.Score));
        Assert.Empty(analysis.Remarks);
    }

    [Theory]
    [InlineData("Excellent")]
    [InlineData("Top")]
    [InlineData("Parfait")]
    public async Task A_word_that_several_languages_share_still_counts(string text) =>
        Assert.Equal(TextSentiment.Positive, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Fact]
    public async Task Texts_of_several_languages_are_answered_in_the_order_given()
    {
        var analyses = await new EmbeddedTextAnalyzer().AnalyzeAsync(
            [new("It is broken."), new("C'est parfait."), new("")],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            [("en", TextSentiment.Negative), ("fr", TextSentiment.Positive), ("und", TextSentiment.Neutral)],
            analyses.Select(a => (a.Language, a.Sentiment))
        );
    }

    [Fact]
    public async Task A_cancelled_analysis_says_so() =>
        await Assert.ThrowsAsync<TaskCanceledException>(() =>
            new EmbeddedTextAnalyzer().AnalyzeAsync([new("text")], new CancellationToken(canceled: true))
        );
}
