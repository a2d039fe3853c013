using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Causes;

namespace Signals.Web.Dashboard.Causes;

/// <summary>What held customers back from day to day: one read of a few rows.</summary>
/// <param name="Days">Oldest first; days on which nothing was counted are missing.</param>
internal sealed record CauseHistory(IReadOnlyList<DayFigures> Days)
{
    /// <summary>Changes are told against so many days ago.</summary>
    public const int ChangeDays = 30;

    /// <summary>Another day serves as well, if that one was not counted.</summary>
    private const int ChangeSlack = 5;

    /// <summary>The newest day; null before the first count.</summary>
    public DayFigures? Now => Days.Count == 0 ? null : Days[^1];

    /// <summary>The day that changes are told against; null while there is none so far back.</summary>
    public DayFigures? Before =>
        Now is null
            ? null
            : Days.Where(day => Math.Abs(Now.Day - ChangeDays - day.Day) <= ChangeSlack)
                .MinBy(day => Math.Abs(Now.Day - ChangeDays - day.Day));

    /// <summary>Every day from the first counted to the newest; null for those that were not.</summary>
    public IReadOnlyList<(DateOnly Day, DayFigures? Figures)> Line(int days)
    {
        if (Now is null)
            return [];
        var byDay = Days.ToDictionary(day => day.Day);
        int from = Math.Max(Days[0].Day, Now.Day - days + 1);
        return
        [
            .. Enumerable.Range(from, Now.Day - from + 1).Select(day => (Core.Platform.Time.Days.Date(day), byDay.GetValueOrDefault(day))),
        ];
    }

    /// <summary>How many accounts more than <see cref="ChangeDays"/> days ago; null while that is not known.</summary>
    public int? Change(Topic topic) =>
        Before is { } before ? Now!.Of(topic.Cause, topic.Detail).Accounts - before.Of(topic.Cause, topic.Detail).Accounts : null;

    /// <summary>Causes that hold somebody back now, by accounts; delight holds nobody back.</summary>
    public IEnumerable<Topic> Causes =>
        Now is null ? [] : Topics().Where(topic => topic.Detail is null).OrderByDescending(topic => topic.Figures.Accounts);

    /// <summary>
    /// What holds somebody back now, as exactly as it is known: a cause's steps, features or kinds where it has them, else the cause; what
    /// costs most comes first.
    /// </summary>
    public IReadOnlyList<Topic> Ranked()
    {
        var topics = Topics().ToList();
        var detailed = topics.Where(topic => topic.Detail is not null).Select(topic => topic.Cause).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. topics
                .Where(topic => topic.Detail is not null || !detailed.Contains(topic.Cause))
                .OrderByDescending(topic => topic.Figures.Price)
                .ThenByDescending(topic => topic.Figures.Accounts)
                .ThenBy(topic => topic.Cause, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a cause is about now, with most accounts first.</summary>
    public IReadOnlyList<Topic> DetailsOf(string cause) =>
        [
            .. Topics()
                .Where(topic => topic.Cause == cause && topic.Detail is not null)
                .OrderByDescending(topic => topic.Figures.Accounts)
                .ThenBy(topic => topic.Detail, StringComparer.Ordinal),
        ];

    public static async Task<CauseHistory> ReadAsync(FigureBook book, TimeProvider clock, int days, CancellationToken cancellationToken)
    {
        int today = Core.Platform.Time.Days.Of(clock.GetUtcNow());
        return new CauseHistory(await book.ReadAsync(today - Math.Max(days, ChangeDays + ChangeSlack), today, cancellationToken));
    }

    private IEnumerable<Topic> Topics() =>
        (Now?.Topics ?? new Dictionary<string, TopicFigures>(StringComparer.Ordinal))
            .Select(topic => Topic.Of(topic.Key, topic.Value))
            .Where(topic => !CauseCatalogue.IsPraise(topic.Cause));
}

/// <summary>A cause, or one thing that it is about: an onboarding step, a feature, or a kind of friction.</summary>
internal sealed record Topic(string Cause, string? Detail, TopicFigures Figures)
{
    public static Topic Of(string key, TopicFigures figures)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new Topic(key, null, figures) : new Topic(key[..slash], key[(slash + 1)..], figures);
    }

    /// <summary>What names it: "cause", or "cause/detail".</summary>
    public string Key => Core.Diagnosis.Assessors.PeopleSummaries.Key(Cause, Detail);

    /// <summary>Where the accounts behind it are listed.</summary>
    public string Address => Links.With($"/causes/{Uri.EscapeDataString(Cause)}", ("about", Detail));
}
