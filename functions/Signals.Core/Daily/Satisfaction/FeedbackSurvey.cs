using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Satisfaction;

/// <summary>Gathers survey answers, one account after the other: by person, with one voice an account, and by month.</summary>
public sealed class FeedbackSurvey(MeasureCalendar calendar)
{
    /// <summary>Channels are the customer's own words: of more, the first met count.</summary>
    private const int MaxChannels = 30;

    private readonly Dictionary<(FeedbackKind Kind, string Channel), ScoreTally> _people = [];
    private readonly Dictionary<(FeedbackKind Kind, string Channel), ScoreTally> _accounts = [];
    private readonly Dictionary<(DateOnly Month, FeedbackKind Kind, string Channel), ScoreTally> _months = [];
    private readonly HashSet<string> _channels = new(StringComparer.Ordinal);

    public void Add(Feedback feedback)
    {
        var latest = SurveyScore.Latest(feedback.Answers, calendar.Today).Where(IsTold).ToList();
        foreach (var answer in latest)
            TallyOf(_people, (answer.Kind, SurveyScore.ChannelOf(answer)), answer.Kind).Add(answer.Score);
        foreach (
            var channel in latest.Where(answer => answer.Kind == FeedbackKind.Nps).GroupBy(SurveyScore.ChannelOf, StringComparer.Ordinal)
        )
            TallyOf(_accounts, (FeedbackKind.Nps, channel.Key), FeedbackKind.Nps).Add(channel.Average(answer => answer.Score));
        foreach (var month in feedback.Answers.Where(IsRecent).GroupBy(answer => MonthOf(Days.Of(answer.At))))
        {
            foreach (var answer in SurveyScore.Latest(month, month.Key.DayNumber, calendar.Today).Where(IsTold))
                TallyOf(_months, (month.Key, answer.Kind, SurveyScore.ChannelOf(answer)), answer.Kind).Add(answer.Score);
        }
    }

    public IReadOnlyList<SurveyScore> ByPerson() => Scores(_people);

    public IReadOnlyList<SurveyScore> NpsByAccount() => Scores(_accounts);

    public IReadOnlyList<MonthlyScore> ByMonth() =>
        [
            .. _months
                .OrderBy(entry => entry.Key.Month)
                .ThenBy(entry => entry.Key.Kind)
                .ThenBy(entry => entry.Key.Channel, StringComparer.Ordinal)
                .Select(entry => new MonthlyScore(entry.Key.Month, entry.Value.ToScore(entry.Key.Channel))),
        ];

    private static List<SurveyScore> Scores(Dictionary<(FeedbackKind Kind, string Channel), ScoreTally> tallies) =>
        [
            .. tallies
                .OrderBy(entry => entry.Key.Kind)
                .ThenBy(entry => entry.Key.Channel, StringComparer.Ordinal)
                .Select(entry => entry.Value.ToScore(entry.Key.Channel)),
        ];

    private bool IsRecent(FeedbackAnswer answer) =>
        Days.Of(answer.At) <= calendar.Today && Days.Of(answer.At) > calendar.Ends.FirstOrDefault(int.MaxValue);

    private bool IsTold(FeedbackAnswer answer)
    {
        string channel = SurveyScore.ChannelOf(answer);
        return _channels.Contains(channel) || (_channels.Count < MaxChannels && _channels.Add(channel));
    }

    private static DateOnly MonthOf(int day) => new(Days.Date(day).Year, Days.Date(day).Month, 1);

    private static ScoreTally TallyOf<TKey>(Dictionary<TKey, ScoreTally> tallies, TKey key, FeedbackKind kind)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally))
            tallies[key] = tally = new ScoreTally(kind);
        return tally;
    }
}
