using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

public sealed class RemarkTests
{
    [Theory]
    [InlineData("The import doesn't work.")]
    [InlineData("It crashes whenever I open a report.")]
    [InlineData("My calendar won't sync.")]
    [InlineData("We get an error message at the last step.")]
    [InlineData("I am unable to log in.")]
    [InlineData("L'import ne fonctionne pas.")]
    [InlineData("L'appli plante à l'ouverture.")]
    [InlineData("Impossible de se connecter.")]
    [InlineData("On n'arrive plus à ouvrir les rapports.")]
    [InlineData("Il y a un bug dans l'export.")]
    public async Task Problems_are_found(string text) => Assert.Contains(RemarkKind.Problem, await Texts.RemarksOfAsync(text));

    [Theory]
    [InlineData("No problems so far.")]
    [InlineData("Never had an issue with it.")]
    [InlineData("You fixed the bug, thank you.")]
    [InlineData("Everything works.")]
    [InlineData("I don't use it often.")]
    [InlineData("Aucun problème à signaler.")]
    [InlineData("Jamais de bug depuis deux ans.")]
    [InlineData("Le problème est résolu.")]
    [InlineData("Tout fonctionne très bien.")]
    public async Task What_only_sounds_like_a_problem_is_none(string text) =>
        Assert.DoesNotContain(RemarkKind.Problem, await Texts.RemarksOfAsync(text));

    [Theory]
    [InlineData("It would be nice to have a dark theme.")]
    [InlineData("Please add an export to Excel.")]
    [InlineData("It should be possible to share a folder.")]
    [InlineData("I wish there was a calendar.")]
    [InlineData("Il faudrait un export vers Excel.")]
    [InlineData("J'aimerais pouvoir partager un dossier.")]
    [InlineData("Ce serait bien d'avoir un calendrier.")]
    [InlineData("Pourriez-vous ajouter un thème sombre ?")]
    public async Task Requests_are_found(string text) => Assert.Contains(RemarkKind.Request, await Texts.RemarksOfAsync(text));

    [Theory]
    [InlineData("I want to cancel my subscription.")]
    [InlineData("We are switching to another provider.")]
    [InlineData("Uninstalled.")]
    [InlineData("I want a refund.")]
    [InlineData("We will not renew in March.")]
    [InlineData("Je veux résilier.")]
    [InlineData("Comment se désabonner ?")]
    [InlineData("Nous allons passer à un concurrent.")]
    [InlineData("Je demande le remboursement.")]
    public async Task Thoughts_of_leaving_are_found(string text) => Assert.Contains(RemarkKind.Leaving, await Texts.RemarksOfAsync(text));

    [Theory]
    [InlineData("I had to uninstall and reinstall it.")]
    [InlineData("Can I switch to dark mode?")]
    [InlineData("J'ai dû la désinstaller puis la réinstaller.")]
    [InlineData("J'ai changé de téléphone.")]
    public async Task What_only_sounds_like_leaving_is_none(string text) =>
        Assert.DoesNotContain(RemarkKind.Leaving, await Texts.RemarksOfAsync(text));

    [Fact]
    public async Task A_remark_is_the_sentence_it_was_found_in()
    {
        var analysis = await Texts.AnalyzeAsync("We like the reports. The import\ndoes not work! It is for the whole team.");

        Assert.Equal("does not work!", Assert.Single(analysis.Remarks).Sentence);
    }

    [Fact]
    public async Task Each_sentence_speaks_for_itself_and_the_surest_comes_first()
    {
        var analysis = await Texts.AnalyzeAsync("Some trouble. The import crashes with an error message. Please add a log.");

        Assert.Equal([RemarkKind.Problem, RemarkKind.Request, RemarkKind.Problem], analysis.Remarks.Select(r => r.Kind));
        Assert.Equal("The import crashes with an error message.", analysis.Remarks[0].Sentence);
        Assert.Equal(analysis.Remarks.Select(r => r.Confidence).OrderDescending(), analysis.Remarks.Select(r => r.Confidence));
        Assert.All(analysis.Remarks, r => Assert.InRange(r.Confidence, 0.5, 0.99));
    }

    [Fact]
    public async Task A_long_sentence_is_cut_around_what_tells()
    {
        var filler = string.Join(' ', Enumerable.Repeat("calendar", 100));

        var remark = Assert.Single((await Texts.AnalyzeAsync($"{filler} doesn't work {filler}", "en")).Remarks);

        Assert.Contains("doesn't work", remark.Sentence);
        Assert.InRange(remark.Sentence.Length, 100, 310);
        Assert.StartsWith("…", remark.Sentence);
        Assert.EndsWith("…", remark.Sentence);
    }
}
