using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Model;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Figures;

/// <summary>Gathers <see cref="DayFigures"/>, one account after the other, from what their list rows say.</summary>
/// <param name="day">The UTC day, by number.</param>
public sealed class FigureSurvey(int day)
{
    /// <summary>What is told apart at most; of more, as after many changes of the model, the topics with most accounts.</summary>
    public const int MaxTopics = 300;

    private readonly LevelFigures[] _levels = new LevelFigures[RiskLevels.Names.Count];
    private readonly Dictionary<string, TopicFigures> _topics = new(StringComparer.Ordinal);
    private long _health;
    private int _left;

    public void Add(AccountSummary account)
    {
        if (account.Left)
        {
            _left++;
            return;
        }
        _levels[(int)account.Level] += new LevelFigures(1, account.PaidOn(day));
        _health += account.Health;
        int atRisk = account.Level >= RiskLevel.AtRisk ? 1 : 0;
        foreach (var (topic, people) in TopicsOf(account))
            _topics[topic] = _topics.GetValueOrDefault(topic) + new TopicFigures(1, atRisk, people, account.PaidOn(day));
    }

    public DayFigures ToFigures()
    {
        int customers = _levels.Sum(level => level.Accounts);
        return new DayFigures
        {
            Day = day,
            Levels = [.. _levels],
            Left = _left,
            Health = customers == 0 ? 0 : Math.Round((double)_health / customers, 1),
            Topics = _topics
                .OrderByDescending(topic => topic.Value.Accounts)
                .ThenBy(topic => topic.Key, StringComparer.Ordinal)
                .Take(MaxTopics)
                .ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// Each cause once, and each thing it is about once, with how many people it holds back: a cause of people names only what most of them
    /// meet, the count by person knows the rest.
    /// </summary>
    private static Dictionary<string, int> TopicsOf(AccountSummary account)
    {
        var topics = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cause in account.Causes)
        {
            topics[cause.Id] = Math.Max(
                topics.GetValueOrDefault(cause.Id),
                account.Affected?.GetValueOrDefault(cause.Id) is > 0 and var people ? people : cause.Affected
            );
            if (cause.Detail is not null)
                topics[PeopleSummaries.Key(cause.Id, cause.Detail)] = cause.Affected;
        }
        foreach (var (topic, people) in account.Affected ?? new Dictionary<string, int>(StringComparer.Ordinal))
        {
            int slash = topic.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && topics.ContainsKey(topic[..slash]))
                topics[topic] = people;
        }
        return topics;
    }
}
