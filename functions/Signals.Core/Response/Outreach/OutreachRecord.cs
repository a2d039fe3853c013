using System.Text.Json.Serialization;
using Signals.Core.Response.Messages;

namespace Signals.Core.Response.Outreach;

/// <summary>One message to a customer, alert or digest to CS, with its life so far.</summary>
public sealed record OutreachRecord
{
    /// <summary>Holds the account's key and the planning time, so that one read finds the row: <c>{time}.{hash}.{account}</c>.</summary>
    public required string Id { get; init; }

    public required OutreachKind Kind { get; init; }

    /// <summary>The account's partition key, id and name when it was planned.</summary>
    public required string Account { get; init; }

    public required string AccountId { get; init; }

    public string AccountName { get; init; } = "";

    /// <summary>The model's segments that the account was in when it was planned; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>The person's key and user id; empty in alerts.</summary>
    public string Person { get; init; } = "";

    public string PersonId { get; init; } = "";

    public required string Cause { get; init; }

    /// <summary>The step, feature or friction kind it is about.</summary>
    public string? Detail { get; init; }

    public required string Template { get; init; }

    /// <summary>A follow-up: the id of the message before it, whose goal and lot it shares; null for a first message.</summary>
    public string? FollowsUp { get; init; }

    public required string Locale { get; init; }

    /// <summary>
    /// How it leaves: one of <see cref="AlertChannels"/>; what goes to customers leaves by mail, or is shown inside the product
    /// (<see cref="CustomerChannels"/>): sent is then what the product may show, delivered what was seen.
    /// </summary>
    public string Channel { get; init; } = AlertChannels.Email;

    /// <summary>What became of its card; null where it had none. It stays when a mail took the card's place.</summary>
    public CardLife? Card { get; init; }

    /// <summary>True for what was to be a card first, held out or not, whatever became of it.</summary>
    [JsonIgnore]
    public bool StartsAsCard => Channel == CustomerChannels.InApp || Card is not null;

    /// <summary>True when it is, or was, before the eyes of whom it is for, as far as one can know.</summary>
    [JsonIgnore]
    public bool HasLeft =>
        State is OutreachState.Delivered or OutreachState.Uncertain || (State == OutreachState.Sent && Channel != CustomerChannels.InApp);

    /// <summary>An address, or a webhook's label.</summary>
    public required string To { get; init; }

    /// <summary>The address as the product wrote it, where that is another text: under it earlier versions knew the recipient.</summary>
    public string? AsWritten { get; init; }

    /// <summary>Alerts: the alert it tells of; null in older ones.</summary>
    public string? AlertId { get; init; }

    public required OutreachState State { get; init; }

    /// <summary>Why it is in that state, in words.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Not before: quiet hours, warm-up or the day's limit put it off.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was claimed for sending.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When, by the provider's clock, what it reported last happened; null before any report.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When it became what it is; null while it is as it was planned, and in rows that earlier versions wrote last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When it became what it is, or was planned.</summary>
    [JsonIgnore]
    public DateTimeOffset LastChangeAt => ChangedAt ?? PlannedAt;

    /// <summary>Whether its goal was reached within the playbook's days; null while that is open, and without a goal.</summary>
    public bool? GoalReached { get; init; }

    /// <summary>Surveys: what was answered last; null before.</summary>
    public SurveyAnswer? Answer { get; init; }

    /// <summary>What was known when it was planned; the message is rendered from it when it is sent.</summary>
    public required MessageVariables Variables { get; init; }

    /// <summary>The mail as it left; null before.</summary>
    public RenderedMessage? Message { get; init; }
}

public enum OutreachKind
{
    /// <summary>To a customer.</summary>
    Message,

    /// <summary>To a CS manager, about one account.</summary>
    Alert,

    /// <summary>To a CS manager, about all of theirs.</summary>
    Digest,

    /// <summary>To the default addresses, about all accounts together.</summary>
    Report,
}

/// <summary>An outreach's life; the names in JSON are in kebab case.</summary>
public enum OutreachState
{
    Planned,
    HeldOut,
    Suppressed,
    Sending,
    Sent,
    Delivered,
    Bounced,
    Uncertain,
    Failed,
    Expired,
}

public static class OutreachStates
{
    public static readonly IReadOnlyList<string> Names =
    [
        "planned",
        "held-out",
        "suppressed",
        "sending",
        "sent",
        "delivered",
        "bounced",
        "uncertain",
        "failed",
        "expired",
    ];

    public static string Name(this OutreachState state) => Names[(int)state];

    public static OutreachState? Parse(string? name) =>
        name is not null && Names.ToList().IndexOf(name) is >= 0 and var index ? (OutreachState)index : null;
}
