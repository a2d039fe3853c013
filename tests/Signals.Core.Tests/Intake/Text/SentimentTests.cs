using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

public sealed class SentimentTests
{
    [Theory]
    [InlineData("The new reports are excellent and easy to read.", TextSentiment.Positive)]
    [InlineData("The export is slow and the result is wrong.", TextSentiment.Negative)]
    [InlineData("Les nouveaux rapports sont excellents et faciles à lire.", TextSentiment.Positive)]
    [InlineData("L'export est lent et le résultat est faux.", TextSentiment.Negative)]
    [InlineData("We are twelve people in two offices.", TextSentiment.Neutral)]
    [InlineData("Nous sommes douze personnes dans deux bureaux.", TextSentiment.Neutral)]
    public async Task Words_of_judgement_tell_praise_from_blame(string text, TextSentiment expected) =>
        Assert.Equal(expected, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Theory]
    [InlineData("Please add an export of reports to a spreadsheet.")]
    [InlineData("A dark theme would be nice.")]
    [InlineData("Could campaigns be scheduled by time zone?")]
    [InlineData("We would like an export of conversations.")]
    [InlineData("The mobile app could show reports.")]
    [InlineData("How do I add a colleague to a shared inbox?")]
    [InlineData("Merci d’ajouter un export des rapports vers un tableur.")]
    [InlineData("Un thème sombre serait bien.")]
    [InlineData("Pourrait-on planifier les campagnes par fuseau horaire ?")]
    [InlineData("Nous aimerions un export des conversations.")]
    [InlineData("Comment ajouter un collègue à une boîte partagée ?")]
    public async Task Who_asks_for_something_is_not_unhappy(string text) =>
        Assert.NotEqual(TextSentiment.Negative, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Theory]
    [InlineData("Please fix the export, it is broken again.")]
    [InlineData("Why is the export so slow?")]
    [InlineData("Could you mend the import? It fails every day.")]
    [InlineData("Pouvez-vous réparer l'export ? Il est cassé.")]
    public async Task Who_asks_for_it_because_something_is_wrong_is(string text) =>
        Assert.Equal(TextSentiment.Negative, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Theory]
    [InlineData("The reports are useful.", "The reports are not useful.")]
    [InlineData("I am happy with it.", "I am never happy with it.")]
    [InlineData("Les rapports sont utiles.", "Les rapports ne sont pas utiles.")]
    [InlineData("Je suis satisfait.", "Je ne suis pas satisfait.")]
    [InlineData("L'outil est fiable.", "L'outil n'est plus fiable.")]
    public async Task A_negation_turns_praise_around(string praise, string negated)
    {
        Assert.True((await Texts.AnalyzeAsync(praise)).Score > 0);
        Assert.True((await Texts.AnalyzeAsync(negated)).Score < 0);
    }

    [Theory]
    [InlineData("There are no bugs at all.")]
    [InlineData("It works without any problem.")]
    [InlineData("Not bad.")]
    [InlineData("Aucun bug.")]
    [InlineData("Ça marche sans problème.")]
    [InlineData("Pas mal du tout.")]
    public async Task A_negation_turns_blame_around(string text) => Assert.True((await Texts.AnalyzeAsync(text)).Score > 0);

    [Fact]
    public async Task A_negation_reaches_neither_far_nor_across_a_comma()
    {
        Assert.True((await Texts.AnalyzeAsync("No, it is great.")).Score > 0);
        Assert.True((await Texts.AnalyzeAsync("Not the team we know from last year but a great one.")).Score > 0);
    }

    [Theory]
    [InlineData("It is slow.", "It is very slow.")]
    [InlineData("The page is confusing.", "The page is extremely confusing.")]
    [InlineData("C'est lent.", "C'est très lent.")]
    [InlineData("La page est pénible.", "La page est vraiment pénible.")]
    public async Task Intensifiers_strengthen(string plain, string strong) =>
        Assert.True((await Texts.AnalyzeAsync(strong)).Score < (await Texts.AnalyzeAsync(plain)).Score);

    [Theory]
    [InlineData("The page is confusing.", "The page is a bit confusing.")]
    [InlineData("La page est pénible.", "La page est un peu pénible.")]
    public async Task Softeners_weaken(string plain, string soft) =>
        Assert.True((await Texts.AnalyzeAsync(soft)).Score > (await Texts.AnalyzeAsync(plain)).Score);

    [Theory]
    [InlineData("The support is good but the editor is bad.", "The editor is bad but the support is good.")]
    [InlineData("Le support est bon mais l'éditeur est mauvais.", "L'éditeur est mauvais mais le support est bon.")]
    public async Task What_comes_after_but_counts_for_more(string endsBadly, string endsWell) =>
        Assert.True((await Texts.AnalyzeAsync(endsBadly)).Score < (await Texts.AnalyzeAsync(endsWell)).Score);

    [Theory]
    [InlineData("👍", TextSentiment.Positive)]
    [InlineData("Garçon 😡", TextSentiment.Negative)]
    [InlineData("Monday :)", TextSentiment.Positive)]
    [InlineData("Monday :-(", TextSentiment.Negative)]
    [InlineData("https://example.com/a", TextSentiment.Neutral)]
    [InlineData("Alles 😡😡", TextSentiment.Negative)]
    public async Task Emoji_and_faces_count_in_any_language(string text, TextSentiment expected) =>
        Assert.Equal(expected, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Theory]
    [InlineData("It dont work, doesnt load.", "en")]
    [InlineData("Sooo disapointed!!!", "en")]
    [InlineData("ca marche pas, tres decu", "fr")]
    [InlineData("CEST NUL", "fr")]
    [InlineData("It doesn’t work.", "en")]
    [InlineData("L’application n’est pas fiable.", "fr")]
    [InlineData("De\u0301c\u0327u.", "fr")]
    public async Task Misspellings_missing_accents_and_any_apostrophe_are_understood(string text, string language) =>
        Assert.Equal(TextSentiment.Negative, (await Texts.AnalyzeAsync(text, language)).Sentiment);

    [Theory]
    [InlineData("It would be great if it could export to Excel.")]
    [InlineData("Ce serait super de pouvoir exporter.")]
    [InlineData("It used to be great.")]
    public async Task Praise_of_what_is_not_there_is_no_praise(string text) => Assert.True((await Texts.AnalyzeAsync(text)).Score <= 0);

    [Fact]
    public async Task Praise_and_blame_that_balance_are_mixed() =>
        Assert.Equal(TextSentiment.Mixed, (await Texts.AnalyzeAsync("Useful. Disappointing. Useful. Sad.")).Sentiment);

    [Fact]
    public async Task A_problem_told_without_a_word_of_judgement_is_blame() =>
        Assert.Equal(TextSentiment.Negative, (await Texts.AnalyzeAsync("The page no longer opens since Monday.")).Sentiment);
}
