namespace Signals.Core.Intake.Text;

/// <summary>
/// Joins a judgement with what it is about: the nearest word of the same clause that can be a topic, as close behind it as before it.
/// </summary>
internal sealed class OpinionReader(KeyPhrases topics)
{
    private const double MinWeight = 1.2;
    private const int Reach = 5;

    public IEnumerable<(TextOpinion Opinion, double Weight)> Read(string text, Sentence sentence, IEnumerable<Judgement> judgements)
    {
        foreach (var judgement in judgements.Where(j => Math.Abs(j.Weight) >= MinWeight && sentence.Tokens[j.Start].Kind == TokenKind.Word))
        {
            if (TargetOf(sentence.Tokens, judgement) is not { } target)
                continue;
            var words = Excerpt.Of(text, sentence.Tokens[judgement.Start], sentence.Tokens[judgement.End - 1]);
            yield return (
                new(
                    text[target.Start..target.End].ToLowerInvariant(),
                    words,
                    judgement.Weight > 0 ? TextSentiment.Positive : TextSentiment.Negative
                ),
                judgement.Weight
            );
        }
    }

    private Token? TargetOf(IReadOnlyList<Token> tokens, Judgement judgement)
    {
        var (before, after) = (judgement.Start - 1, judgement.End);
        for (var distance = 0; distance < Reach; distance++, before--, after++)
        {
            if (before >= 0 && tokens[before].Kind == TokenKind.Break)
                before = -1;
            if (after < tokens.Count && tokens[after].Kind == TokenKind.Break)
                after = tokens.Count;
            if (after < tokens.Count && topics.IsTopic(tokens, after))
                return tokens[after];
            if (before >= 0 && topics.IsTopic(tokens, before))
                return tokens[before];
        }

        return null;
    }
}
