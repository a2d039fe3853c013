using System.Globalization;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Local.Demo;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// What a colleague could work out of one account's event stream by hand on a morning: value by day and person, counts, traits. Days are
/// their numbers (UTC). Nothing of what Signals makes of it is read.
/// </summary>
internal sealed class TeamFacts
{
    private readonly StoryFacts _story;
    private readonly List<UsageEvent> _events;
    private readonly Dictionary<string, double[]> _value = new(StringComparer.Ordinal);
    private readonly int _first;
    private readonly Func<DateTimeOffset, TeamFacts> _earlier;

    /// <param name="model">The model.</param>
    /// <param name="account">The account, as it was cast.</param>
    /// <param name="begins">Midnight of the story's first day.</param>
    /// <param name="events">The account's events.</param>
    /// <param name="moment">When the mail left: what arrived with that day's fold is known.</param>
    public TeamFacts(
        ValueModel model,
        StoryAccount account,
        DateTimeOffset begins,
        IReadOnlyCollection<UsageEvent> events,
        DateTimeOffset moment
    )
    {
        (Model, Moment, _first) = (model, moment, Days.Of(begins));
        _earlier = then => new TeamFacts(model, account, begins, events, then);
        var folded = Days.Start(Days.Of(moment)) + StoryClock.Fold;
        _story = new StoryFacts(model, account, account.Champion, begins, events, folded);
        _events = [.. events.Where(found => found.Timestamp <= folded).OrderBy(found => found.Timestamp)];
        foreach (var found in _events)
        {
            if (!_value.TryGetValue(found.UserId!, out double[]? days))
                _value[found.UserId!] = days = new double[Today - _first + 1];
            days[Days.Of(found.Timestamp) - _first] += _story.ValueOf(found);
        }
    }

    public ValueModel Model { get; }

    public DateTimeOffset Moment { get; }

    /// <summary>The same account so many days before.</summary>
    public TeamFacts Before(int days) => _earlier(Moment.AddDays(-days));

    public StoryAccount Account => _story.Account;

    public StoryFacts Story => _story;

    public int Today => Days.Of(Moment);

    public int Yesterday => Today - 1;

    /// <summary>Everybody who was seen by then.</summary>
    public IEnumerable<StoryPerson> People => Account.People.Where(person => _value.ContainsKey(person.Id));

    public StoryPerson? Called(string name) => Account.People.FirstOrDefault(person => person.Name == name || person.Email == name);

    /// <summary>Value from one day to another, both among them; of everybody, or of one person.</summary>
    public double Value(int from, int to, StoryPerson? person = null)
    {
        double sum = 0;
        for (int day = Math.Max(from, _first); day <= Math.Min(to, Today); day++)
            sum += ValueOn(day, person);
        return sum;
    }

    public int ValueDays(int from, int to, StoryPerson? person = null) =>
        Enumerable.Range(from, Math.Max(0, to - from + 1)).Count(day => day >= _first && day <= Today && ValueOn(day, person) > 0);

    public int? LastValueDay(StoryPerson? person = null)
    {
        for (int day = Today; day >= _first; day--)
        {
            if (ValueOn(day, person) > 0)
                return day;
        }
        return null;
    }

    /// <summary>The day of the first event of anybody, or of a person.</summary>
    public int FirstDay(StoryPerson? person = null) =>
        _events.Where(found => person is null || found.UserId == person.Id).Select(found => Days.Of(found.Timestamp)).First();

    /// <summary>The events of these names from a day on, oldest first; of anybody, or of a person.</summary>
    public IEnumerable<UsageEvent> Of(IReadOnlyList<string> names, int from = 0, StoryPerson? person = null) =>
        _events.Where(found =>
            names.Contains(found.Name, StringComparer.Ordinal)
            && Days.Of(found.Timestamp) >= from
            && (person is null || found.UserId == person.Id)
        );

    public int Count(IReadOnlyList<string> names, int from = 0, StoryPerson? person = null) => Of(names, from, person).Count();

    public IEnumerable<UsageEvent> Events => _events;

    /// <summary>What a trait of the account, or a fact of its contract, was last said to be; null before.</summary>
    /// <param name="trait">As the group's traits name it.</param>
    /// <param name="fact">As the contract's events name it.</param>
    public string? LastSaid(string trait, string fact) =>
        _events
            .Select(found => found.Type == EventType.Group ? StoryFacts.Property(found, trait) : FactOf(found, trait, fact))
            .LastOrDefault(said => said is { Length: > 0 });

    /// <summary>What they pay a month; 0 where nobody said so yet.</summary>
    public double Price => double.Parse(LastSaid("mrr", "mrr") ?? "0", CultureInfo.InvariantCulture);

    public int? RenewsOn => DayOf(LastSaid("renewalAt", "endsAt"));

    public int? TrialEndsOn => DayOf(LastSaid("trialEndsAt", "endsAt"));

    /// <summary>When they became a customer: by the trait, or by their first event where that is earlier.</summary>
    public int StartDay => Math.Min(DayOf(LastSaid("createdAt", "")) ?? int.MaxValue, FirstDay());

    /// <summary>True once they cancelled.</summary>
    public bool HasLeft => Count(Model.Churn.Events) > 0;

    private double ValueOn(int day, StoryPerson? person) =>
        person is null ? _value.Values.Sum(days => days[day - _first])
        : _value.TryGetValue(person.Id, out double[]? own) ? own[day - _first]
        : 0;

    /// <summary>A term's end is a renewal where a subscription began, and the end of a trial where that did.</summary>
    private static string? FactOf(UsageEvent found, string trait, string fact) =>
        (found.Name, trait) switch
        {
            ("Subscription Period Started", not "trialEndsAt") or ("Trial Started", "trialEndsAt" or "plan") when fact.Length > 0 =>
                StoryFacts.Property(found, fact),
            _ => null,
        };

    private static int? DayOf(string? moment) =>
        moment is null ? null : Days.Of(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
