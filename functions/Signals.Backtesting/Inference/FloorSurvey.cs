using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Folding;
using Signals.Core.State.Collection;

namespace Signals.Backtesting.Inference;

/// <summary>
/// Which share of people would be active under a model's floor, and under others: by windows that follow each other back from the last
/// event. Memory grows with people and their days.
/// </summary>
public sealed class FloorSurvey(ValueModel model)
{
    private const int MaxWindows = 12;

    private readonly ILookup<string, ValueSource> _sources = model.Value.From.ToLookup(source => source.Event, StringComparer.Ordinal);
    private readonly CollectionPlan _plan = new(model);
    private readonly Dictionary<string, int> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Person, int Day), double> _days = [];
    private int _first = int.MaxValue;
    private int _last = int.MinValue;

    public void Add(UsageEvent usage)
    {
        if (usage.Type is EventType.Identify or EventType.Group or EventType.Alias || usage.UserId is not { } user)
            return;
        if (!_people.TryGetValue(user, out int person))
            _people[user] = person = _people.Count;
        int day = Days.Of(usage.Timestamp);
        (_first, _last) = (Math.Min(_first, day), Math.Max(_last, day));
        double value = 0;
        foreach (var source in _sources[usage.Name])
            value += ValueOf(source, usage);
        _days[(person, day)] = _days.GetValueOrDefault((person, day)) + value;
    }

    /// <summary>
    /// The share of people who came over each floor, of those who did anything in a window; the mean of all whole windows. Null where no
    /// window is whole.
    /// </summary>
    public FloorShares? Shares(params double[] floors)
    {
        int window = model.Value.Floor.Days,
            windows = _last < _first ? 0 : Math.Min(MaxWindows, (_last - _first + 1) / window);
        if (windows == 0)
            return null;
        var sums = new Dictionary<(int Person, int Window), double>();
        foreach (var ((person, day), value) in _days)
        {
            int index = (_last - day) / window;
            if (index < windows)
                sums[(person, index)] = sums.GetValueOrDefault((person, index)) + value;
        }
        return new FloorShares(
            windows,
            (double)sums.Count / windows,
            [.. floors.Select(floor => (floor, (double)sums.Values.Count(value => value >= floor) / Math.Max(1, sums.Count)))]
        );
    }

    private double ValueOf(ValueSource source, UsageEvent usage)
    {
        if (source.Property is not { } property)
            return source.Amount ?? 0;
        var payload = new PayloadReader(usage.Payload);
        while (payload.Next())
        {
            if (payload.Is(property))
                return payload.Number() is { } amount && _plan.For(usage.Name)!.Sums[property].Holds(amount) ? amount * source.Scale : 0;
        }
        return 0;
    }
}

/// <summary>What a survey found.</summary>
/// <param name="Windows">So many windows were looked at.</param>
/// <param name="People">So many people did anything in one, on average.</param>
/// <param name="Shares">Floors, and the share of people who came over each.</param>
public sealed record FloorShares(int Windows, double People, IReadOnlyList<(double Floor, double Share)> Shares);
