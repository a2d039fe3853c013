namespace Signals.Core.Model;

/// <summary>Which events tell of tickets, and how fast customers were promised to be answered.</summary>
public sealed record TicketDefinition
{
    public IReadOnlyList<string> Opened { get; init; } = [];

    /// <summary>A person answered; where none are named, only solutions are looked at.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];

    public IReadOnlyList<string> Solved { get; init; } = [];

    public string Id { get; init; } = "ticketId";

    public string Text { get; init; } = "body";

    /// <summary>Hours to the solution, where the plan has no promise of its own.</summary>
    public double WithinHours { get; init; } = 48;

    /// <summary>Hours to the first answer, where the plan has no promise of its own; null where none was promised.</summary>
    public double? AnswerWithinHours { get; init; }

    /// <summary>What was promised by plan (ordinal, ignoring case).</summary>
    public IReadOnlyDictionary<string, TicketPromise> Promises { get; init; } =
        new Dictionary<string, TicketPromise>(StringComparer.OrdinalIgnoreCase);

    /// <summary>True to count the hours of Monday to Friday only, in the model's zone.</summary>
    public bool WorkingTime { get; init; }

    /// <summary>What a plan's customers were promised. Nothing is said of the first answer where no event tells of it.</summary>
    public TicketPromise PromiseOf(string? plan)
    {
        var own = plan is not null && Promises.TryGetValue(plan, out var named) ? named : new TicketPromise(null, null);
        return new TicketPromise(Answered.Count == 0 ? null : own.AnswerHours ?? AnswerWithinHours, own.SolutionHours ?? WithinHours);
    }

    /// <summary>The longest that any customer was promised to wait for a solution, in hours.</summary>
    public double LongestHours => Promises.Values.Select(promise => promise.SolutionHours ?? 0).Append(WithinHours).Max();

    /// <summary>The moment at which so many hours from another are over.</summary>
    public DateTimeOffset After(DateTimeOffset from, double hours, TimeZoneInfo zone) =>
        WorkingTime ? Platform.Time.WorkingTime.After(from, hours, zone) : from.AddHours(hours);

    /// <summary>The hours between two moments, as promises count them.</summary>
    public double HoursBetween(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone) =>
        WorkingTime ? Platform.Time.WorkingTime.HoursBetween(from, to, zone) : Math.Max(0, (to - from).TotalHours);
}

/// <summary>Within how many hours a ticket's first answer and its solution were promised; null where nothing was said.</summary>
public sealed record TicketPromise(double? AnswerHours, double? SolutionHours);
