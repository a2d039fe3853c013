using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.Friction;

/// <summary>
/// What a person wrote of something that does not work, by the kind of obstacle that it names (the kind itself or one of its events); null
/// where it names none. A solved ticket tells of nothing any more.
/// </summary>
/// <param name="Kind">The id of the kind of obstacle, or null.</param>
/// <param name="Doubt">How likely it is that no obstacle is behind any of it, 0 to 1.</param>
/// <param name="Evidence">The sentences, newest first.</param>
internal sealed record WrittenProblems(string? Kind, double Doubt, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>
    /// What one sentence, surely a problem, takes of the doubt: what people report is often a question or a slip of theirs, and where their
    /// words are negative they speak for <c>support-unhappy</c> too. Two sentences are just sure.
    /// </summary>
    private const double TellsOfOne = 0.36;

    /// <summary>Sentences less sure to tell of a problem are passed over.</summary>
    private const double LeastConfidence = 0.5;

    private const int MostQuoted = 2;

    public static IReadOnlyList<WrittenProblems> Of(PersonContext context)
    {
        if (!context.Account.Account.WasHeard)
            return [];
        int from = context.Today - FrictionSettings.Of(context.Model).WrittenDays;
        return
        [
            .. WrittenWords
                .Of(context.Account, from)
                .Where(written => written.Person == context.Person.Key.Value && !written.IsSettled)
                .Select(written => (written.Day, Remark: written.Words.Remark(RemarkKind.Problem)!))
                .Where(written => written.Remark?.Confidence >= LeastConfidence)
                .GroupBy(written => KindOf(context.Model, written.Remark.Sentence), StringComparer.Ordinal)
                .Select(problems => new WrittenProblems(
                    problems.Key,
                    problems.Aggregate(1.0, (doubt, problem) => doubt * (1 - TellsOfOne * problem.Remark.Confidence)),
                    [.. problems.Take(MostQuoted).Select(problem => Quote(problem.Remark.Sentence, problem.Day))]
                )),
        ];
    }

    private static string? KindOf(ValueModel model, string sentence) =>
        model
            .Friction.FirstOrDefault(kind => kind.Events.Concat(kind.Name.All).Append(kind.Id).Any(name => GoalWords.Names(sentence, name)))
            ?.Id;

    private static Evidence Quote(string sentence, int day) =>
        new(
            Format.WithWords(Phrase.Of("wrote"), sentence),
            Phrase.Of("a problem, in words"),
            Phrase.Of("nothing to report"),
            Days.Date(day)
        );
}
