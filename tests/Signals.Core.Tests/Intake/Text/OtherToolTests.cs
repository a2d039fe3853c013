using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

public sealed class OtherToolTests
{
    [Theory]
    [InlineData("We found a simpler tool.")]
    [InlineData("We found a cheaper alternative and switched to a better one.")]
    [InlineData("Nous avons trouvé un outil plus simple.")]
    [InlineData("On a trouvé mieux ailleurs.")]
    public async Task What_is_said_of_another_tool_is_no_praise_of_this_one(string text) =>
        Assert.NotEqual(TextSentiment.Positive, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Theory]
    [InlineData("The tool is simple.")]
    [InlineData("C’est un outil simple.")]
    public async Task What_is_said_of_this_one_is(string text) =>
        Assert.Equal(TextSentiment.Positive, (await Texts.AnalyzeAsync(text)).Sentiment);

    [Theory]
    [InlineData("The reports convince my boss.", "report")]
    [InlineData("Too expensive for a small team, and search is slow.", "search")]
    [InlineData("Could campaigns be scheduled by time zone?", "campaign")]
    [InlineData("Les rapports convainquent mon chef.", "rapport")]
    public async Task A_theme_is_a_thing_and_nobodys_boss_size_or_zone(string text, string thing)
    {
        var themes = TextTheme.Of(await Texts.AnalyzeAsync(text)).Select(theme => TextTheme.KeyOf(theme.Name)).ToList();

        Assert.Contains(themes, theme => theme.Contains(thing, StringComparison.Ordinal));
        Assert.DoesNotContain(
            themes,
            theme => theme.Split(' ').Intersect(["boss", "chef", "small", "zone", "team"], StringComparer.Ordinal).Any()
        );
    }
}
