namespace Signals.Core.State.Work;

/// <summary>
/// What the team is about to do for an account: who has it in hand, the next steps, and the plan in the customer's own words.
/// </summary>
public sealed record AccountWork
{
    public static readonly AccountWork None = new();

    public const int MaxSteps = 20;
    public const int MaxGoals = 12;
    public const int MaxTextChars = 300;

    /// <summary>Of answers that a person answered the newest are kept: an account's row holds no more answers than that.</summary>
    public const int MaxClosed = 50;

    /// <summary>To whom a colleague handed it; null while it is nobody's but the CS manager's.</summary>
    public HandedOver? Handed { get; init; }

    /// <summary>Steps, the earliest due first, those that are done at the end.</summary>
    public IReadOnlyList<WorkStep> Steps { get; init; } = [];

    /// <summary>What the customer wants to have reached, the earliest due first.</summary>
    public IReadOnlyList<PlanGoal> Goals { get; init; } = [];

    /// <summary>What customers said in surveys, and a person answered; the newest at the end.</summary>
    public IReadOnlyList<ClosedAnswer> Closed { get; init; } = [];

    /// <summary>True for the same hand-over, steps, goals and answers, however they were read.</summary>
    public bool Equals(AccountWork? other) =>
        other is not null
        && Handed == other.Handed
        && Steps.SequenceEqual(other.Steps)
        && Goals.SequenceEqual(other.Goals)
        && Closed.SequenceEqual(other.Closed);

    public override int GetHashCode() => HashCode.Combine(Handed, Steps.Count, Goals.Count, Closed.Count);

    /// <summary>In order, and no more done steps than are worth a look.</summary>
    public AccountWork Tidied() =>
        this with
        {
            Steps =
            [
                .. Steps.Where(step => step.DoneAt is null).OrderBy(step => step.Due).ThenBy(step => step.At),
                .. Steps.Where(step => step.DoneAt is not null).OrderByDescending(step => step.DoneAt).Take(5),
            ],
            Goals = [.. Goals.OrderBy(goal => goal.Due).ThenBy(goal => goal.At)],
            Closed = [.. Closed.OrderBy(closed => closed.At).TakeLast(MaxClosed)],
        };
}

/// <summary>That somebody handed an account to a colleague.</summary>
/// <param name="To">The colleague's address.</param>
/// <param name="By">Who handed it, as the audit trail names people.</param>
/// <param name="At">When.</param>
/// <param name="Words">What they said with it; empty for nothing.</param>
public sealed record HandedOver(string To, string By, DateTimeOffset At, string Words);

/// <summary>Something to be done by a day.</summary>
/// <param name="Id">Tells it from the account's others.</param>
/// <param name="Text">What, in a line.</param>
/// <param name="Due">The day by which, as its owner counts days.</param>
/// <param name="Owner">The address of who does it; empty for nobody in particular.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When it was written.</param>
public sealed record WorkStep(string Id, string Text, DateOnly Due, string Owner, string By, DateTimeOffset At)
{
    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }
}

/// <summary>Something the customer wants to have reached by a day, in their own words.</summary>
/// <param name="Id">Tells it from the account's others.</param>
/// <param name="Text">Their words.</param>
/// <param name="Due">The day by which.</param>
/// <param name="Signal">The id of a feature of the model whose use shows it reached; null for none.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When it was written: what happened before does not count.</param>
public sealed record PlanGoal(string Id, string Text, DateOnly Due, string? Signal, string By, DateTimeOffset At)
{
    public const int MaxEventChars = 200;
    public const int MostTimes = 1_000_000;

    /// <summary>The name of an event that shows it reached, where no feature does; null for none.</summary>
    public string? Event { get; init; }

    /// <summary>How often that must be seen; null for once.</summary>
    public int? Times { get; init; }

    /// <summary>When somebody said that it was reached; null while nobody did.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }
}
