using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.Delight;

/// <summary>
/// Something good that nobody asked for: a top score, kind words, or far more value than ever. No risk, and it speaks last. The person's
/// last answer counts, not a better one before it.
/// </summary>
public sealed class DelightRule : IPersonRule
{
    private const double TopScore = 0.85;
    private const double KindWords = 0.7;
    private const double Rise = 0.6;

    /// <summary>Words that speak of leaving that surely are no praise, whatever else they say.</summary>
    private const double LeavingWords = 0.5;

    /// <summary>Days with value before that make a level to rise from.</summary>
    private const int LeastActiveDays = 6;

    /// <summary>The days that make that level.</summary>
    public const int BaselineDays = 56;

    /// <summary>What was so good, which the thank-you names: their words or score, or what they made of the product.</summary>
    public const string PraiseDetail = "praise";
    public const string RiseDetail = "rise";

    public string Cause => CauseIds.Delight;

    public RuleFinding? Assess(PersonContext context)
    {
        var settings = DelightSettings.Of(context.Model);
        int from = context.Today - settings.Days;
        return LastAnswer(context) is { } last && Days.Of(last.At) >= from && Praise(last, settings) is { } praise
            ? praise
            : Risen(context, from, settings);
    }

    private static FeedbackAnswer? LastAnswer(PersonContext context)
    {
        FeedbackAnswer? last = null;
        foreach (var answer in context.Account.Account.Feedback.Answers)
        {
            if (answer.Person == context.Person.Key.Value && answer.Kind != FeedbackKind.Leaving && Days.Of(answer.At) <= context.Today)
                last = answer;
        }
        return last;
    }

    private static RuleFinding? Praise(FeedbackAnswer answer, DelightSettings settings)
    {
        bool top =
            (answer.Kind == FeedbackKind.Nps && answer.Score >= settings.Nps)
            || (answer.Kind == FeedbackKind.Csat && answer.Score >= settings.Csat);
        bool kind = answer.Words?.Sentiment == TextSentiment.Positive && answer.Words.Score >= settings.Positive;
        // However good it was: who has to leave is no case for an invitation.
        bool leaves = answer.Words?.Remark(RemarkKind.Leaving)?.Confidence >= LeavingWords;
        if ((!top && !kind) || leaves || answer.Words?.Sentiment == TextSentiment.Negative)
            return null;
        var day = Days.Date(Days.Of(answer.At));
        string name = answer.Kind.ToString().ToUpperInvariant();
        var nothingSoGood = Phrase.Of("nothing so good");
        var score = Format.Amount(answer.Score);
        return new RuleFinding(
            top ? TopScore : KindWords,
            PraiseDetail,
            () =>
                [
                    top
                        ? new Evidence(Format.WithWords(Phrase.Of($"score|{name} of {score}"), answer.Comment), score, nothingSoGood, day)
                        : new Evidence(Format.WithWords(Phrase.Of("wrote"), answer.Comment), Phrase.Of("kind words"), nothingSoGood, day),
                ]
        );
    }

    /// <summary>More in the last days than in any window of that length before, by the share asked for.</summary>
    private static RuleFinding? Risen(PersonContext context, int from, DelightSettings settings)
    {
        int earliest = Math.Max(from - BaselineDays, context.Usage.FirstDay ?? from);
        if (
            from - earliest < BaselineDays / 2
            || !context.Account.KnowsValueFrom(earliest)
            || context.Usage.ValueDays(earliest, from - 1) < LeastActiveDays
        )
            return null;
        double best = 0,
            recent = context.Usage.Value(from, context.Account.Yesterday);
        for (int start = earliest; start + settings.Days <= from; start++)
            best = Math.Max(best, context.Usage.Value(start, start + settings.Days - 1));
        var floor = context.Model.Value.Floor;
        return best / settings.Days * floor.Days < floor.Amount || recent < best * (1 + settings.Rise)
            ? null
            : Rose(context.Model.Value.Unit, recent, best, Days.Date(from), Days.Date(context.Account.Yesterday));
    }

    private static RuleFinding Rose(string unit, double recent, double best, DateOnly first, DateOnly last) =>
        new(
            Rise,
            RiseDetail,
            () =>
                [
                    new Evidence(
                        Phrase.Of($"{Format.Amount(recent)} {unit} from {first} to {last}, more than ever"),
                        Phrase.Of($"{Format.Amount(recent)} {unit}"),
                        Phrase.Of($"at most {Format.Amount(best)} {unit}"),
                        first
                    ),
                ]
        );
}
