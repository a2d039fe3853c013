using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Text;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>Which words are asked for: of a sentiment, of a theme, or both; a page of them, from 1 on.</summary>
internal sealed record VerbatimQuery(TextSentiment? Sentiment, string? Theme, int Page)
{
    public static readonly IReadOnlyList<TextSentiment> Sentiments =
    [
        TextSentiment.Negative,
        TextSentiment.Mixed,
        TextSentiment.Neutral,
        TextSentiment.Positive,
    ];

    private static readonly string[] Pages = [.. Enumerable.Range(1, VerbatimBook.MaxPages).Select(page => $"{page}")];

    /// <summary>Throws <see cref="ApiRefusal"/>.</summary>
    public static VerbatimQuery Of(PageRequest request)
    {
        string? sentiment = Query.OneOf(request.Http, "sentiment", [.. Sentiments.Select(FeedbackWords.Id)]);
        string page = Query.OneOf(request.Http, "page", Pages) ?? "1";
        return new VerbatimQuery(
            sentiment is null ? null : Sentiments.First(one => FeedbackWords.Id(one) == sentiment),
            request.One("theme"),
            int.Parse(page, System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Only the page asked for is read. A theme's newest texts are one page, of which a sentiment leaves some.</summary>
    public async Task<IReadOnlyList<Verbatim>> ReadAsync(VerbatimBook book, CancellationToken cancellationToken)
    {
        if (Theme is null)
            return await book.ReadAsync(Sentiment, Page - 1, cancellationToken);
        var texts = await book.ReadThemeAsync(TextTheme.KeyOf(Theme), cancellationToken);
        return Sentiment is null ? texts : [.. texts.Where(text => text.Sentiment == Sentiment)];
    }

    public string Address(string path = "/feedback") =>
        Links.With(
            path,
            ("sentiment", Sentiment is { } one ? FeedbackWords.Id(one) : null),
            ("theme", Theme),
            ("page", Page == 1 ? null : $"{Page}")
        );
}
