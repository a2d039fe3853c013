using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Text;
using Signals.Core.State.Work;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>
/// Which words are asked for: of a sentiment, of a theme, those that nobody answered yet, or all these together; a page of them, from 1 on.
/// </summary>
internal sealed record VerbatimQuery(TextSentiment? Sentiment, string? Theme, bool Unanswered, int Page)
{
    private const string UnansweredField = "answered";
    private const string No = "no";

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
            Query.OneOf(request.Http, UnansweredField, [No]) is not null,
            int.Parse(page, System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    /// <summary>
    /// Only the page asked for is read; of those that nobody answered all pages that are kept, for answers are marked at any time. A
    /// theme's newest texts are one page, of which a sentiment leaves some.
    /// </summary>
    public async Task<FoundWords> ReadAsync(VerbatimBook book, Loops loops, CancellationToken cancellationToken)
    {
        var texts = await TextsAsync(book, cancellationToken);
        var works = await loops.OfAsync(texts, cancellationToken);
        bool isFull = Theme is null && texts.Count == VerbatimBook.PageSize && Page < VerbatimBook.MaxPages;
        if (!Unanswered)
            return new FoundWords(texts, works, isFull);
        var open = texts.Where(text => text.Answer is { } answer && !IsClosed(works, text.Account, answer)).ToList();
        return new FoundWords(
            [.. open.Skip((Page - 1) * VerbatimBook.PageSize).Take(VerbatimBook.PageSize)],
            works,
            open.Count > Page * VerbatimBook.PageSize
        );
    }

    public string Address(string path = "/feedback") =>
        Links.With(
            path,
            ("sentiment", Sentiment is { } one ? FeedbackWords.Id(one) : null),
            ("theme", Theme),
            (UnansweredField, Unanswered ? No : null),
            ("page", Page == 1 ? null : $"{Page}")
        );

    private async Task<IReadOnlyList<Verbatim>> TextsAsync(VerbatimBook book, CancellationToken cancellationToken)
    {
        if (Theme is not null)
        {
            var texts = await book.ReadThemeAsync(TextTheme.KeyOf(Theme), cancellationToken);
            return Sentiment is null ? texts : [.. texts.Where(text => text.Sentiment == Sentiment)];
        }
        if (!Unanswered)
            return await book.ReadAsync(Sentiment, Page - 1, cancellationToken);
        var all = new List<Verbatim>();
        for (int page = 0; page < VerbatimBook.MaxPages; page++)
        {
            var texts = await book.ReadAsync(Sentiment, page, cancellationToken);
            all.AddRange(texts);
            if (texts.Count < VerbatimBook.PageSize)
                break;
        }
        return all;
    }

    private static bool IsClosed(IReadOnlyDictionary<string, AccountWork> works, string account, string answer) =>
        works.TryGetValue(account, out var work) && work.Closed.Any(closed => closed.Answer == answer);
}

/// <summary>Words that were asked for.</summary>
/// <param name="Texts">The page of them.</param>
/// <param name="Works">What the team did for the account of each, by its id.</param>
/// <param name="HasOlder">True where another page follows.</param>
internal sealed record FoundWords(IReadOnlyList<Verbatim> Texts, IReadOnlyDictionary<string, AccountWork> Works, bool HasOlder);
