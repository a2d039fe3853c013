namespace Signals.Core.Intake.Text;

/// <summary>
/// Finds what a sentence judges. Each phrase of the list counts with its weight; a negation before it turns it around, weakly ("not bad" is
/// less than "good"); "very" and "a bit" scale it; what comes after a "but" counts for more than what comes before.
/// </summary>
internal sealed class JudgementReader(WordLists lists)
{
    private const int NegationReach = 3;
    private const double NegatedPraise = -0.7;
    private const double NegatedBlame = -0.4;
    private const double BeforeContrast = 0.6;
    private const double AfterContrast = 1.3;
    private const int Never = -NegationReach - 1;

    public List<Judgement> Read(Sentence sentence)
    {
        var tokens = sentence.Tokens;
        var found = new List<Judgement>();
        var (negatedFrom, negatedAt, factorAt, factor, contrastAt) = (Never, Never, Never, 1.0, -1);
        var consumed = 0;
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.Kind == TokenKind.Break)
                negatedAt = Never;
            if (token.Kind == TokenKind.Emoji && EmojiFeelings.Of(token.Word) is var feeling and not 0)
                found.Add(new(at, at + 1, feeling));
            if (token.Kind != TokenKind.Word)
                continue;

            if (at >= consumed && lists.Opinions.At(tokens, at) is { } opinion)
            {
                consumed = opinion.End;
                var weight = opinion.Weight * (factorAt >= at - 1 ? factor : 1);
                var negated = negatedAt < at && at - negatedAt <= NegationReach;
                if (negated)
                    weight *= weight > 0 ? NegatedPraise : NegatedBlame;
                if (weight != 0)
                    found.Add(new(negated ? negatedFrom : opinion.Start, opinion.End, weight));
            }

            if (lists.Contrasts.At(tokens, at) is { } contrast)
                (contrastAt, negatedAt) = (contrast.End - 1, Never);
            if (lists.Negations.At(tokens, at) is { } negation && negation.End > consumed)
                (negatedFrom, negatedAt) = (negation.Start, negation.End - 1);
            if (lists.Modifiers.At(tokens, at) is { } modifier)
                (factorAt, factor) = (modifier.End - 1, modifier.Weight);
        }

        return contrastAt < 0
            ? found
            : [.. found.Select(j => j with { Weight = j.Weight * (j.Start < contrastAt ? BeforeContrast : AfterContrast) })];
    }
}
