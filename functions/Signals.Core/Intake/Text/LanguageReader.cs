namespace Signals.Core.Intake.Text;

/// <summary>Analyses texts of one language: sentence by sentence, then as a whole.</summary>
internal sealed class LanguageReader
{
    /// <summary>
    /// How much judgement makes a text half sure: the sum s becomes s / sqrt(s² + k), which keeps its order and stays within -1 and 1
    /// (Hutto and Gilbert, "VADER", 2014, with our own k).
    /// </summary>
    private const double HalfSure = 8;

    private const double ProblemWeight = -1.2;
    private const double RequestWeight = -0.2;
    private const double LeavingWeight = -1.5;
    private const double QuestionWeight = -0.5;

    /// <summary>Milder words ("please", "should", "missing") are how people ask: where they do, they blame nobody.</summary>
    private const double MildAbove = -1;

    /// <summary>Scores nearer to 0 say nothing.</summary>
    private const double NeutralBelow = 0.05;

    /// <summary>Praise and blame both, nearer to each other than this, are mixed.</summary>
    private const double MixedBelow = 0.1;

    private const int MaxRemarks = 10;
    private const int MaxOpinions = 10;

    private readonly bool _elides;
    private readonly JudgementReader _judgements;
    private readonly RemarkReader _remarks;
    private readonly OpinionReader _opinions;
    private readonly KeyPhrases _keyPhrases;

    public LanguageReader(WordLists lists)
    {
        _elides = lists.Elides;
        _judgements = new(lists);
        _remarks = new(lists);
        _keyPhrases = new(lists);
        _opinions = new(_keyPhrases);
    }

    public TextAnalysis Read(string text, string language) => Read(text, language, Sentences(text));

    /// <summary>A text as this language cuts it.</summary>
    public IReadOnlyList<Sentence> Sentences(string text) => TextTokenizer.Read(text, _elides);

    /// <param name="text">Any text.</param>
    /// <param name="language">Its language.</param>
    /// <param name="sentences">Its <see cref="Sentences"/>.</param>
    public TextAnalysis Read(string text, string language, IReadOnlyList<Sentence> sentences)
    {
        var remarks = new List<TextRemark>();
        var opinions = new List<(TextOpinion Opinion, double Weight)>();
        var (praise, blame, asked) = (0.0, 0.0, 0.0);
        foreach (var sentence in sentences)
        {
            var judgements = _judgements.Read(sentence);
            var found = _remarks.Read(text, sentence).ToList();
            praise += judgements.Where(j => j.Weight > 0).Sum(j => j.Weight);
            var requests = found.Where(remark => remark.Kind == RemarkKind.Request).ToList();
            var blaming = judgements.Where(j => j.Weight < 0).ToLookup(j => j.Weight > MildAbove && (sentence.Asks || requests.Count > 0));
            blame += blaming[false].Sum(j => j.Weight) + found.Except(requests).Sum(WeightOf);
            asked += blaming[true].Sum(j => j.Weight) + requests.Sum(WeightOf) + (sentence.Asks ? QuestionWeight : 0);
            remarks.AddRange(found);
            opinions.AddRange(_opinions.Read(text, sentence, judgements));
        }

        // Who asks politely for something is not unhappy: asking lowers the score, and alone makes nobody negative.
        var score = ScoreOf(praise + blame + asked);
        var sentiment = SentimentOf(score, praise, blame + asked);
        return new(
            language,
            sentiment == TextSentiment.Negative && praise + blame >= 0 ? TextSentiment.Neutral : sentiment,
            score,
            [.. remarks.OrderByDescending(r => r.Confidence).Take(MaxRemarks)],
            [.. opinions.OrderByDescending(o => Math.Abs(o.Weight)).Select(o => o.Opinion).Distinct().Take(MaxOpinions)],
            _keyPhrases.Of(text, sentences)
        );
    }

    /// <summary>What emoji alone say, in a language without word lists.</summary>
    public static TextAnalysis ReadEmoji(string text, string language)
    {
        var feelings = TextTokenizer
            .Read(text, elides: false)
            .SelectMany(s => s.Tokens)
            .Where(t => t.Kind == TokenKind.Emoji)
            .Select(t => EmojiFeelings.Of(t.Word))
            .ToList();
        var (praise, blame) = (feelings.Where(f => f > 0).Sum(), feelings.Where(f => f < 0).Sum());
        var score = ScoreOf(praise + blame);
        return TextAnalysis.Nothing with { Language = language, Sentiment = SentimentOf(score, praise, blame), Score = score };
    }

    private static double WeightOf(TextRemark remark) =>
        remark.Confidence
        * remark.Kind switch
        {
            RemarkKind.Problem => ProblemWeight,
            RemarkKind.Leaving => LeavingWeight,
            _ => RequestWeight,
        };

    private static double ScoreOf(double sum) => Math.Round(sum / Math.Sqrt((sum * sum) + HalfSure), 3);

    private static TextSentiment SentimentOf(double score, double praise, double blame) =>
        score switch
        {
            _ when Math.Abs(score) < MixedBelow && praise >= 1 && blame <= -1 => TextSentiment.Mixed,
            >= NeutralBelow => TextSentiment.Positive,
            <= -NeutralBelow => TextSentiment.Negative,
            _ => TextSentiment.Neutral,
        };
}
