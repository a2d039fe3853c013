using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Testing.World;

namespace Signals.Backtesting.Tests;

/// <summary>
/// Builds a stream that begins on 1 January 2025. Under its model a "Listened" is 60 minutes of value, "Left" is churn and "Came Back"
/// undoes it; who listened daily and then stops for three weeks is flagged.
/// </summary>
internal sealed class StreamBuilder
{
    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<UsageEvent> _events = [];

    public IReadOnlyList<UsageEvent> Events => _events;

    public static ValueModel Model(string accounts = "person") =>
        new ModelFile()
            .With("accounts", $"\"{accounts}\"")
            .With("value", """{ "unit": "minutes", "from": [{ "event": "Listened", "amount": 60 }] }""")
            .With("churn", """{ "events": ["Left"], "returned": ["Came Back"] }""")
            .ReadValid();

    /// <summary>The start of a day, counted from 0.</summary>
    public static DateTimeOffset Day(double day) => Start.AddDays(day);

    public StreamBuilder Add(string user, string name, double day, string? group = null, string? id = null)
    {
        var at = EventTime.WholeMilliseconds(Day(day));
        _events.Add(
            new UsageEvent
            {
                Type = EventType.Track,
                MessageId = id ?? $"m{_events.Count}",
                UserId = user,
                GroupId = group,
                Name = name,
                Timestamp = at,
                ReceivedAt = at,
                Payload = Encoding.UTF8.GetBytes("{}"),
            }
        );
        return this;
    }

    /// <summary>Says a user's mail address.</summary>
    public StreamBuilder Identify(string user, string email, double day)
    {
        Add(user, "", day);
        _events[^1] = _events[^1] with { Type = EventType.Identify, Payload = Encoding.UTF8.GetBytes($"{{\"email\":\"{email}\"}}") };
        return this;
    }

    /// <summary>Something at the start of each day from one to before another.</summary>
    public StreamBuilder Daily(string user, string name, int from, int to, string? group = null)
    {
        for (int day = from; day < to; day++)
            Add(user, name, day, group);
        return this;
    }

    public BacktestResult Run(
        int horizon = 14,
        int step = 7,
        ValueModel? model = null,
        bool inOrder = true,
        Action<DateTimeOffset, ReplayAccount, Core.State.Assessments.Assessment>? assessed = null,
        LabelledCauses? labels = null
    )
    {
        var backtester = new Backtester(
            model ?? Model(),
            new BacktestSettings { HorizonDays = horizon, StepDays = step },
            assessed,
            labels
        );
        foreach (var usageEvent in inOrder ? _events.OrderBy(item => item.Timestamp) : _events.AsEnumerable())
            backtester.Add(usageEvent, MessageHash.Of(usageEvent.MessageId));
        return backtester.Finish();
    }
}
