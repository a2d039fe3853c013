using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

internal static class Texts
{
    public static async Task<TextAnalysis> AnalyzeAsync(string text, string? language = null) =>
        Assert.Single(await new EmbeddedTextAnalyzer().AnalyzeAsync([new(text, language)], TestContext.Current.CancellationToken));

    public static async Task<IReadOnlyList<RemarkKind>> RemarksOfAsync(string text) =>
        [.. (await AnalyzeAsync(text)).Remarks.Select(r => r.Kind)];
}
