using Signals.Core.Intake.Text;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>
/// What was written lately: how many texts of each sentiment within <see cref="VerbatimSurvey.ThemeDays"/> days, and about what.
/// </summary>
public sealed record VerbatimOverview(IReadOnlyDictionary<TextSentiment, int> Counts, IReadOnlyList<ThemeCount> Themes)
{
    public static VerbatimOverview None { get; } = new(new Dictionary<TextSentiment, int>(), []);

    public int All => Counts.Values.Sum();
}
