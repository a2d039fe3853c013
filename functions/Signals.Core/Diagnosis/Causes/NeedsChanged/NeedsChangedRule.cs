using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.NeedsChanged;

/// <summary>They showed that they think of leaving or paying less, or said so in words.</summary>
/// <remarks>
/// Each sign leaves a share of the doubt that the others left (independent causes of one effect: Pearl's noisy-or, 1988). It is about the
/// account where somebody speaks who looks after it or carries it, else about those who spoke.
/// </remarks>
public sealed class NeedsChangedRule : IAccountRule
{
    /// <summary>How often a single look at the way out is curiosity.</summary>
    private const double DoubtOfOne = 0.45;

    private const double MostConfidence = 0.95;

    /// <summary>Words weaker than this are not quoted.</summary>
    private const double LeastWords = 0.5;

    private static readonly Phrase None = Phrase.Of("none");

    public string Cause => CauseIds.NeedsChanged;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = NeedsChangedSettings.Of(context.Model);
        int from = context.Today - settings.Days;
        long signs = context.Usage.Count(context.Model.LeaveIntent, from, context.Today);
        bool shown = signs >= settings.Count;
        var said = WrittenWords
            .Of(context, from)
            .Select(written => (written, Remark: written.Words.Remark(RemarkKind.Leaving)))
            .Where(item => item.Remark?.Confidence >= LeastWords)
            .ToList();
        if (!shown && said.Count == 0)
            return null;
        double doubt = shown ? Math.Pow(DoubtOfOne, Math.Max(1, signs - settings.Count + 1)) : 1;
        foreach (var (_, remark) in said)
            doubt *= 1 - remark!.Confidence;
        return new RuleFinding(
            Math.Min(MostConfidence, 1 - doubt),
            null,
            () =>
                [
                    .. said.Take(3)
                        .Select(item => new Evidence(
                            Format.WithWords(Phrase.Of("wrote"), item.Remark!.Sentence),
                            Phrase.Of("words about leaving"),
                            None,
                            Days.Date(item.written.Day)
                        )),
                    .. shown ? [Shown(context, from, Format.Count(signs, "{0} sign", "{0} signs"))] : Array.Empty<Evidence>(),
                ]
        )
        {
            People = SpeakersOf(context, from, shown, [.. said.Select(item => item.written.Person)]),
        };
    }

    /// <summary>Those who spoke or looked at the way out; null where it is said for the whole account, or nobody knows by whom.</summary>
    private static List<string>? SpeakersOf(AccountContext context, int from, bool shown, List<string> said)
    {
        var looked = shown ? context.People.Leaving.Where(leaving => leaving.Day >= from).Select(leaving => leaving.Person).ToList() : [];
        var speakers = said.Concat(looked).Distinct(StringComparer.Ordinal).ToList();
        bool isKnown = !shown || looked.Count > 0;
        return !isKnown || context.People.Reviewed <= 1 || speakers.Exists(context.People.SpeaksForAll) ? null : speakers;
    }

    /// <summary>So many signs since the first of them within the days that count.</summary>
    private static Evidence Shown(AccountContext context, int from, Phrase signs)
    {
        int[] intents = context.Usage.IndexesOf(context.Model.LeaveIntent);
        DateOnly? first = context
            .Usage.Buckets.Where(bucket => bucket.Day >= from && intents.Any(index => bucket.Count(index) > 0))
            .Select(bucket => (DateOnly?)Days.Date(bucket.Day))
            .FirstOrDefault();
        return new Evidence(Phrase.Of($"showed {signs} of leaving"), signs, None, first);
    }
}
