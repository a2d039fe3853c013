using Signals.Core.Packing;
using Signals.Core.Text;

namespace Signals.Core.Accounts;

/// <summary>
/// What was understood of something a customer wrote, kept beside the words: rules read this, so that they stay pure and a text is analysed
/// once. <paramref name="Score"/> is from -1 (surely negative) to 1 (surely positive).
/// </summary>
public sealed record CustomerWords(TextSentiment Sentiment, double Score, IReadOnlyList<TextRemark> Remarks)
{
    /// <summary>The surest remarks that are kept.</summary>
    public const int MaxRemarks = 4;

    public const int MaxSentenceChars = 240;

    public static CustomerWords Of(TextAnalysis analysis) => new(
        analysis.Sentiment, analysis.Score,
        [.. analysis.Remarks.Take(MaxRemarks).Select(remark => remark.Sentence.Length <= MaxSentenceChars ? remark : remark with { Sentence = remark.Sentence[..MaxSentenceChars] })]);

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
    }

    internal static CustomerWords? Read(ref PackReader reader)
    {
        if (!reader.Bool())
            return null;
        var sentiment = (TextSentiment)reader.Byte();
        double score = reader.Float();
        var remarks = new List<TextRemark>();
        for (int count = reader.Count(); count > 0; count--)
            remarks.Add(new TextRemark((RemarkKind)reader.Byte(), reader.Text() ?? "", reader.Float()));
        return new CustomerWords(sentiment, score, remarks);
    }
}
