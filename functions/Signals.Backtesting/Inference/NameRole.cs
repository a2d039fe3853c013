namespace Signals.Backtesting.Inference;

/// <summary>What an event is for a product.</summary>
public enum NameRole
{
    /// <summary>Real use: a candidate for value and features.</summary>
    Work,

    /// <summary>A light reaction: a like, a vote.</summary>
    Reaction,

    /// <summary>Something that is set up once, at the beginning.</summary>
    Setup,

    Friction,
    StepFailed,
    StepTried,
    Nps,
    Csat,
    Ces,
    TicketOpened,
    TicketAnswered,
    TicketSolved,
    Leave,
    Churn,
    Returned,
    PaymentFailed,
    PaymentRecovered,
    PersonRemoved,
    PersonAdded,

    /// <summary>A period, plan or trial began: facts of the account.</summary>
    Facts,

    /// <summary>What reaches the account's own customers.</summary>
    Reach,

    /// <summary>Looked at and left out.</summary>
    Noise,
}

/// <summary>An event, what it was taken for, and why.</summary>
/// <param name="Name">The event.</param>
/// <param name="Role">What it was taken for.</param>
/// <param name="Why">In half a sentence.</param>
/// <param name="People">How many people did it.</param>
/// <param name="Kind">Of friction, what kind; null else.</param>
public sealed record NamedRole(NameFacts Name, NameRole Role, string Why, int People, string? Kind = null)
{
    /// <summary>How often those who did it did it, in the middle.</summary>
    public double PerPerson { get; init; }

    /// <summary>On how many days, in the middle.</summary>
    public double DaysPerPerson { get; init; }

    /// <summary>Days from somebody's beginning to their first one, in the middle; null where no beginnings were seen.</summary>
    public double? FirstAfterDays { get; init; }

    /// <summary>Of those who did it, the share that did nothing afterwards.</summary>
    public double Final { get; init; }

    /// <summary>
    /// Of those who did it early enough, the share (0 to 1) who did nothing from a month later on: a term that was paid for ends.
    /// </summary>
    public double GoneInAMonth { get; init; }

    /// <summary>"1,234 times by 56 people".</summary>
    public string Counts => $"{Name.Count:#,##0} times by {People:#,##0} {(People == 1 ? "person" : "people")}";
}
