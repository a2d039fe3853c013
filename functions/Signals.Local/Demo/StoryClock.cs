using Signals.Core.Platform.Time;

namespace Signals.Local.Demo;

/// <summary>
/// When the story's clock stops on its way through a day. Events of a date are folded once that date is over even in California, at four in
/// the morning UTC; reviews follow, and mails leave as morning comes to the customers' time zones.
/// </summary>
internal static class StoryClock
{
    /// <summary>From midnight UTC to the moment at which the day before is folded.</summary>
    public static readonly TimeSpan Fold = TimeSpan.FromHours(4);

    /// <summary>
    /// From midnight UTC to the moment at which accounts are reviewed, once a day: those that changed, and those that time alone makes due
    /// (in the first four hours of a day). The story ends at one of these.
    /// </summary>
    public static readonly TimeSpan Review = Fold + TimeSpan.FromMinutes(10);

    /// <summary>
    /// From midnight UTC: within the hour or so after eight in Paris, London, New York, Chicago and California, in winter and in summer.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Mornings =
    [
        .. new[] { 7, 8, 13, 14, 16 }.Select(hour => TimeSpan.FromHours(hour) + TimeSpan.FromMinutes(5)),
    ];

    /// <summary>
    /// From midnight UTC to the moment at which the team has answered the day's alerts: one of the mornings, for it is afternoon in Paris.
    /// </summary>
    public static readonly TimeSpan Answers = Mornings[2];

    /// <summary>The day whose review is the last one not after <paramref name="now"/>: the story tells the 90 days before it.</summary>
    public static int LastDay(DateTimeOffset now) => Days.Of(now - Review);
}
