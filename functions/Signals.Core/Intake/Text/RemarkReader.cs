namespace Signals.Core.Intake.Text;

/// <summary>
/// Finds what a sentence tells of a problem, asks for, or says of leaving. Signs add up as if each were an independent witness ("noisy or",
/// Pearl, Probabilistic Reasoning in Intelligent Systems, 1988): 1 minus the product of what each leaves in doubt.
/// </summary>
internal sealed class RemarkReader(WordLists lists)
{
    /// <summary>A remark that is surer wrong than right is none.</summary>
    public const double MinConfidence = 0.5;

    private const double MaxConfidence = 0.99;

    public IEnumerable<TextRemark> Read(string text, Sentence sentence)
    {
        (RemarkKind Kind, PhraseBook Book)[] books =
        [
            (RemarkKind.Problem, lists.Problems),
            (RemarkKind.Request, lists.Requests),
            (RemarkKind.Leaving, lists.Leaving),
        ];
        foreach (var (kind, book) in books)
        {
            var confidence = ConfidenceIn(book, sentence.Tokens, out var strongest);
            if (confidence >= MinConfidence)
                yield return new(kind, Excerpt.Of(text, sentence, strongest), Math.Round(Math.Min(confidence, MaxConfidence), 2));
        }
    }

    private static double ConfidenceIn(PhraseBook book, IReadOnlyList<Token> tokens, out int strongest)
    {
        var (doubt, most) = (1.0, 0.0);
        strongest = 0;
        for (var at = 0; at < tokens.Count; )
        {
            if (book.At(tokens, at) is not { } match)
            {
                at++;
                continue;
            }

            doubt *= 1 - match.Weight;
            if (match.Weight > most)
                (most, strongest) = (match.Weight, at);
            at = match.End;
        }

        return 1 - doubt;
    }
}
