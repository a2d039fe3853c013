using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Platform.Statistics;

namespace Signals.Web.Api;

/// <summary>How the model's features are adopted, as of the last pass over all accounts; without figures before the first.</summary>
internal sealed record FeaturesView(DateTimeOffset? MeasuredAt, int Accounts, int WindowDays, IReadOnlyList<FeatureView> Items)
{
    /// <summary>Which features go with better scores, NPS first; none before somebody answered.</summary>
    public IReadOnlyList<FeatureScoreView> Scores { get; init; } = [];
}

/// <summary>A feature; see <see cref="FeatureMeasure"/>. No plans mean every plan.</summary>
internal sealed record FeatureView(
    string Id,
    string Name,
    bool Key,
    IReadOnlyList<string> Plans,
    Proportion Breadth,
    Proportion Ever,
    FeatureIntensity Intensity,
    FeatureAdoption TimeToAdopt,
    FeatureDuration Duration
);

/// <summary>Uses per account that used it in the window, and the median account's days of use.</summary>
internal sealed record FeatureIntensity(double? Uses, int? Days);

/// <summary>Days until half of all accounts adopted it, null when fewer do; and the share that adopts it within 30 days.</summary>
internal sealed record FeatureAdoption(int? MedianDays, double Within30Days);

/// <summary>Days from adoption until half gave it up, null when fewer do; and the share that still uses it after 90 days.</summary>
internal sealed record FeatureDuration(int? MedianDays, double After90Days);

/// <summary>Who uses a feature beside who does not, by what they answer; see <see cref="FeatureScore"/>.</summary>
internal sealed record FeatureScoreView(
    string Feature,
    string Kind,
    ScoreSide With,
    ScoreSide Without,
    double? Difference,
    double? Low,
    double? High,
    bool Enough,
    bool Shown
)
{
    public static FeatureScoreView Of(FeatureScore score) =>
        new(
            score.Feature,
            score.Kind.ToString().ToLowerInvariant(),
            score.With,
            score.Without,
            score.Difference,
            score.Low,
            score.High,
            score.Enough,
            score.Shown
        );
}
