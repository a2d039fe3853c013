using Signals.Core.Intake.Text;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.Answers;

/// <summary>
/// What was understood of something a customer wrote, kept beside the words: rules read this, so that they stay pure and a text is analysed
/// once. <paramref name="Score"/> is from -1 (surely negative) to 1 (surely positive).
/// </summary>
public sealed record CustomerWords(TextSentiment Sentiment, double Score, IReadOnlyList<TextRemark> Remarks)
{
    /// <summary>What it is about.</summary>
    public IReadOnlyList<TextTheme> Themes { get; init; } = [];

    /// <summary>The surest remarks that are kept.</summary>
    public const int MaxRemarks = 4;

    public const int MaxSentenceChars = 240;

    public static CustomerWords Of(TextAnalysis analysis) =>
        new(
            analysis.Sentiment,
            analysis.Score,
            [
                .. analysis
                    .Remarks.Take(MaxRemarks)
                    .Select(remark =>
                        remark.Sentence.Length <= MaxSentenceChars ? remark : remark with { Sentence = remark.Sentence[..MaxSentenceChars] }
                    ),
            ]
        )
        {
            Themes = TextTheme.Of(analysis),
        };

    /// <summary>The surest remark of a kind, or null.</summary>
    public TextRemark? Remark(RemarkKind kind) => Remarks.Where(remark => remark.Kind == kind).MaxBy(remark => remark.Confidence);

    internal static void Write(PackWriter writer, CustomerWords? words)
    {
        writer.Bool(words is not null);
        if (words is null)
            return;
        writer.Byte((byte)words.Sentiment);
        writer.Float(words.Score);
        writer.Count(words.Remarks.Count);
        foreach (var remark in words.Remarks)
        {
            writer.Byte((byte)remark.Kind);
            writer.Text(remark.Sentence);
            writer.Float(remark.Confidence);
        }
        writer.Count(words.Themes.Count);
        foreach (var theme in words.Themes)
        {
            writer.Text(theme.Name);
            writer.Byte((byte)theme.Sentiment);
        }
    }

    /// <param name="reader">Where it was written.</param>
    /// <param name="withThemes">False for rows from before themes were kept.</param>
    internal static CustomerWords? Read(ref PackReader reader, bool withThemes)
    {
        if (!reader.Bool())
            return null;
        var sentiment = (TextSentiment)reader.Byte();
        double score = reader.Float();
        var remarks = new List<TextRemark>();
        for (int count = reader.Count(); count > 0; count--)
            remarks.Add(new TextRemark((RemarkKind)reader.Byte(), reader.Text() ?? "", reader.Float()));
        var themes = new List<TextTheme>();
        for (int count = withThemes ? reader.Count() : 0; count > 0; count--)
            themes.Add(new TextTheme(reader.Text() ?? "", (TextSentiment)reader.Byte()));
        return new CustomerWords(sentiment, score, remarks) { Themes = themes };
    }
}
