using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

public sealed class OpinionTests
{
    [Theory]
    [InlineData("The export is slow.", "export", "slow", TextSentiment.Negative)]
    [InlineData("You have a great editor.", "editor", "great", TextSentiment.Positive)]
    [InlineData("L'export est lent et pénible.", "export", "pénible", TextSentiment.Negative)]
    [InlineData("Un éditeur très pratique.", "éditeur", "très pratique", TextSentiment.Positive)]
    [InlineData("The reports are not reliable.", "reports", "not reliable", TextSentiment.Negative)]
    public async Task A_judgement_is_joined_with_what_it_is_about(string text, string target, string words, TextSentiment sentiment) =>
        Assert.Contains(new TextOpinion(target, words, sentiment), (await Texts.AnalyzeAsync(text)).Opinions);

    [Fact]
    public async Task A_judgement_does_not_reach_into_the_next_clause()
    {
        var opinions = (await Texts.AnalyzeAsync("The editor is wonderful, the export terrible.")).Opinions;

        Assert.Equal([new("export", "terrible", TextSentiment.Negative), new("editor", "wonderful", TextSentiment.Positive)], opinions);
    }

    [Fact]
    public async Task Key_phrases_name_what_it_is_about_the_most_repeated_first()
    {
        var phrases = (
            await Texts.AnalyzeAsync(
                "The import wizard is great. I use the import wizard every day with our price list, and the import wizard is easy."
            )
        ).KeyPhrases;

        Assert.Equal(["import wizard", "price list"], phrases);
    }

    [Fact]
    public async Task Key_phrases_are_found_in_French()
    {
        var phrases = (await Texts.AnalyzeAsync("L'assistant d'import est parfait pour le catalogue produits.")).KeyPhrases;

        Assert.Equal(["catalogue produits", "assistant", "import"], phrases);
    }
}
