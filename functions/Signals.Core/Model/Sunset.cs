using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>Something that is being retired: all that a customer who uses it must be told.</summary>
public sealed record Sunset
{
    public static readonly IReadOnlyList<int> DefaultNoticeDays = [90, 30, 7];

    /// <summary>How long before the last order it is told, where no other notice comes that early.</summary>
    private const int LastOrderNotice = 14;

    public required string Feature { get; init; }

    public required DateOnly Announced { get; init; }

    public required DateOnly LastOrder { get; init; }

    public required DateOnly Ends { get; init; }

    public required LocalText Why { get; init; }

    public required LocalText Terms { get; init; }

    public required string ReplacementFeature { get; init; }

    public required LocalText Differences { get; init; }

    public required IReadOnlyList<LocalText> Steps { get; init; }

    /// <summary>Days before the end at which those who have not moved are told, most first.</summary>
    public IReadOnlyList<int> NoticeDays { get; init; } = DefaultNoticeDays;

    /// <summary>
    /// Days before the last order at which they are told too; null tells once, and only where all of <see cref="NoticeDays"/> come after
    /// the last order.
    /// </summary>
    public IReadOnlyList<int>? LastOrderNoticeDays { get; init; }

    /// <summary>True on a UTC day (by number) on which those who have not moved are told.</summary>
    public bool IsNoticeDay(int day) => Notices.Contains(day);

    /// <summary>The last day up to that one on which they were to be told; null before the first.</summary>
    public int? LastNoticeUpTo(int day) => Notices.Where(notice => notice <= day).Select(notice => (int?)notice).Max();

    /// <summary>True when what is told on that day is above all that the last order is near.</summary>
    public bool IsLastOrderNear(int day) =>
        day <= LastOrder.DayNumber && LastNoticeUpTo(day) is { } notice && LastOrderNotices.Contains(notice);

    private IEnumerable<int> Notices => EndNotices.Concat(LastOrderNotices);

    private IEnumerable<int> EndNotices => NoticeDays.Select(before => NoticeOn(Ends.DayNumber - before));

    private IEnumerable<int> LastOrderNotices =>
        LastOrderNoticeDays is { } days ? days.Select(before => NoticeOn(LastOrder.DayNumber - before))
        : EndNotices.Any(day => day <= LastOrder.DayNumber) ? []
        : [NoticeOn(LastOrder.DayNumber - LastOrderNotice)];

    /// <summary>Nothing is told before it is announced: what would have been is told then.</summary>
    private int NoticeOn(int day) => Math.Max(day, Announced.DayNumber);
}
