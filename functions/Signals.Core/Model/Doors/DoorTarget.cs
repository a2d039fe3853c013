namespace Signals.Core.Model.Doors;

/// <summary>What an event of another service can become.</summary>
public enum DoorTarget
{
    /// <summary>Facts of the account: plan, price, seats, renewal.</summary>
    Account,

    /// <summary>Traits of a person.</summary>
    Person,

    /// <summary>An event of the product's own, by its name.</summary>
    Event,
    PaymentFailed,
    PaymentRecovered,
    TicketOpened,
    TicketAnswered,
    TicketSolved,
    Nps,
    Csat,
    Ces,

    /// <summary>A sign that the customer thinks of leaving.</summary>
    LeaveIntent,
    Left,
    Returned,
}

/// <summary>What targets are called in the model, and what each can be told.</summary>
public static class DoorTargets
{
    /// <summary>Under which facts of accounts are told by doors.</summary>
    public const string AccountEvent = "$account";

    public const string Amount = "amount";
    public const string TicketId = "id";
    public const string TicketText = "text";
    public const string Score = "score";
    public const string Comment = "comment";
    public const string Channel = "channel";

    public static readonly IReadOnlyDictionary<string, DoorTarget> Names = new Dictionary<string, DoorTarget>(StringComparer.Ordinal)
    {
        ["account"] = DoorTarget.Account,
        ["person"] = DoorTarget.Person,
        ["event"] = DoorTarget.Event,
        ["billing.failed"] = DoorTarget.PaymentFailed,
        ["billing.recovered"] = DoorTarget.PaymentRecovered,
        ["tickets.opened"] = DoorTarget.TicketOpened,
        ["tickets.answered"] = DoorTarget.TicketAnswered,
        ["tickets.solved"] = DoorTarget.TicketSolved,
        ["feedback.nps"] = DoorTarget.Nps,
        ["feedback.csat"] = DoorTarget.Csat,
        ["feedback.ces"] = DoorTarget.Ces,
        ["intent.leave"] = DoorTarget.LeaveIntent,
        ["churn.left"] = DoorTarget.Left,
        ["churn.returned"] = DoorTarget.Returned,
    };

    private static readonly IReadOnlyList<string> PersonTraits =
    [
        "email",
        "name",
        "firstName",
        "role",
        "locale",
        "timezone",
        "createdAt",
        "deactivatedAt",
        "unsubscribed",
    ];

    public static string NameOf(DoorTarget target) => Names.First(name => name.Value == target).Key;

    /// <summary>What may be set of it; null for whatever the model likes, and for facts, which the model knows.</summary>
    public static IReadOnlyList<string>? SettableOf(DoorTarget target) =>
        target switch
        {
            DoorTarget.Person => PersonTraits,
            DoorTarget.PaymentFailed or DoorTarget.PaymentRecovered => [Amount],
            DoorTarget.TicketOpened => [TicketId, TicketText],
            DoorTarget.TicketAnswered or DoorTarget.TicketSolved => [TicketId],
            DoorTarget.Nps or DoorTarget.Csat or DoorTarget.Ces => [Score, Comment, Channel],
            DoorTarget.LeaveIntent or DoorTarget.Left => [Comment],
            DoorTarget.Returned => [],
            _ => null,
        };

    /// <summary>Without which it says nothing: an event that lacks it becomes none of these.</summary>
    public static string? NeedOf(DoorTarget target) =>
        target switch
        {
            DoorTarget.TicketOpened or DoorTarget.TicketAnswered or DoorTarget.TicketSolved => TicketId,
            DoorTarget.Nps or DoorTarget.Csat or DoorTarget.Ces => Score,
            _ => null,
        };
}
