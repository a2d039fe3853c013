using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Satisfaction;

/// <summary>
/// Gathers, one account after the other, which features go with better scores. Each account has one voice: people of one account are not
/// independent of one another, and use is the account's. Channels are compared within themselves.
/// </summary>
public sealed class FeatureScoreSurvey(ValueModel model, int today)
{
    /// <summary>A feature counts as used by who used it in so many days up to their newest answer.</summary>
    public const int UseDays = 30;

    private const double Confidence = 0.95;

    /// <summary>Channels are the customer's own words: of more, the first met count.</summary>
    private const int MaxChannels = 10;

    private static readonly FeedbackKind[] Kinds = [FeedbackKind.Nps, FeedbackKind.Csat];

    private readonly Dictionary<(int Feature, FeedbackKind Kind), Dictionary<string, Layer>> _layers = [];

    /// <param name="account">A customer.</param>
    /// <param name="says">By feature of the model: whether the account's plan has it, and the account has not left.</param>
    public void Add(AccountContext account, Func<int, bool> says)
    {
        foreach (
            var told in SurveyScore
                .Latest(account.Account.Feedback.Answers, today)
                .Where(answer => Kinds.Contains(answer.Kind))
                .GroupBy(answer => (answer.Kind, Channel: SurveyScore.ChannelOf(answer)))
        )
        {
            int day = told.Max(answer => Platform.Time.Days.Of(answer.At));
            double voice = told.Average(answer => PointsOf(answer));
            for (int feature = 0; feature < model.Features.Count; feature++)
            {
                if (!says(feature) || LayerOf(feature, told.Key.Kind, told.Key.Channel) is not { } layer)
                    continue;
                bool uses = account.Usage.Count(model.Features[feature].Events, day - UseDays + 1, day) > 0;
                layer.Add(uses, voice, told.Count());
            }
        }
    }

    /// <summary>Every feature that somebody answered about whose plan has it: NPS first, in the model's order.</summary>
    public IReadOnlyList<FeatureScore> Measure()
    {
        var found = (
            from kind in Kinds
            from feature in Enumerable.Range(0, model.Features.Count)
            where _layers.ContainsKey((feature, kind))
            let layers = _layers[(feature, kind)].Values.ToList()
            select (feature, kind, layers, Compared: Compared(layers))
        ).ToList();
        return
        [
            .. found.Select(one =>
                Of(
                    one.feature,
                    one.kind,
                    one.layers,
                    one.Compared,
                    found.Count(other => other.kind == one.kind && other.Compared is not null)
                )
            ),
        ];
    }

    private FeatureScore Of(int feature, FeedbackKind kind, List<Layer> layers, MeanDifference? compared, int comparisons)
    {
        string id = model.Features[feature].Id;
        ScoreSide with = new(layers.Sum(layer => layer.With.Count), layers.Sum(layer => layer.AnswersWith), Rounded(compared?.With)),
            without = new(layers.Sum(layer => layer.Without.Count), layers.Sum(layer => layer.AnswersWithout), Rounded(compared?.Without));
        if (compared is null)
            return new FeatureScore(id, kind, with, without, null, null, null, Enough: false, Shown: false);
        var (low, high) = compared.Interval(Confidence);
        // Of twenty features one would seem to differ by chance: all of them together are to be wrong once in twenty times (Bonferroni).
        var (least, most) = compared.Interval(1 - (1 - Confidence) / comparisons);
        return new FeatureScore(
            id,
            kind,
            with,
            without,
            Rounded(compared.Difference),
            Rounded(low),
            Rounded(high),
            Enough: true,
            Shown: least > 0 || most < 0
        );
    }

    /// <summary>Null where too few can be compared: a channel that only one side was asked by tells nothing.</summary>
    private static MeanDifference? Compared(List<Layer> layers)
    {
        var told = layers.Where(layer => layer is { With.Count: >= 2, Without.Count: >= 2 }).ToList();
        return
            told.Sum(layer => layer.With.Count) < FeatureScore.LeastAccounts
            || told.Sum(layer => layer.Without.Count) < FeatureScore.LeastAccounts
            ? null
            : MeanDifference.Of(told.Select(layer => (layer.With, layer.Without)));
    }

    /// <summary>What one answer adds to the score: NPS by who promotes and who detracts, CSAT by who is satisfied.</summary>
    private static double PointsOf(FeedbackAnswer answer) =>
        SurveyScore.IsGood(answer.Kind, answer.Score) ? 100
        : answer.Kind == FeedbackKind.Nps && NetPromoter.IsDetractor(answer.Score) ? -100
        : 0;

    private static double? Rounded(double? points) => points is { } one ? Math.Round(one, 1) : null;

    private Layer? LayerOf(int feature, FeedbackKind kind, string channel)
    {
        if (!_layers.TryGetValue((feature, kind), out var channels))
            _layers[(feature, kind)] = channels = new Dictionary<string, Layer>(StringComparer.Ordinal);
        if (!channels.TryGetValue(channel, out var layer) && channels.Count < MaxChannels)
            channels[channel] = layer = new Layer();
        return layer;
    }

    private sealed class Layer
    {
        public MeanTally With { get; } = new();

        public MeanTally Without { get; } = new();

        public int AnswersWith { get; private set; }

        public int AnswersWithout { get; private set; }

        public void Add(bool uses, double voice, int answers)
        {
            (uses ? With : Without).Add(voice);
            AnswersWith += uses ? answers : 0;
            AnswersWithout += uses ? 0 : answers;
        }
    }
}
