using System.Text.Json.Serialization;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;

namespace Signals.Core.Response.Alerts;

/// <summary>
/// What a CS manager has to know of one account, until somebody has dealt with it or the account is well again. An account has one at a
/// time: what gets worse meanwhile changes it, and makes it speak again.
/// </summary>
public sealed record Alert
{
    /// <summary>An <see cref="AlertId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The account's partition key, id and name.</summary>
    public required string Account { get; init; }

    public required string AccountId { get; init; }

    public required string AccountName { get; init; }

    public string? Plan { get; init; }

    /// <summary>The CS manager's address as the account's trait says it, or null.</summary>
    public string? Csm { get; init; }

    public bool Strategic { get; init; }

    /// <summary>The model's segments that the account is in; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Segments { get; init; }

    public DateTimeOffset? RenewalAt { get; init; }

    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>What the account pays a month, in the model's currency; 0 where that is not known, and in older rows.</summary>
    public double Price { get; init; }

    /// <summary>Whom to talk to in the account, by name and address; empty before it was first told.</summary>
    public IReadOnlyList<MessageContact> Contacts { get; init; } = [];

    /// <summary>The account's level now, and what it was before that.</summary>
    public required RiskLevel Level { get; init; }

    public RiskLevel PreviousLevel { get; init; }

    public int Score { get; init; }

    /// <summary>What is at stake, in <see cref="State.Assessments.Stake.Steps"/>; 0 in older rows.</summary>
    public int StakeSteps { get; init; }

    /// <summary>What holds the account back by its last review, most telling first.</summary>
    public required IReadOnlyList<AlertCause> Causes { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When the level or the causes were last worse than what had been told.</summary>
    public required DateTimeOffset WorseAt { get; init; }

    public AlertState State { get; init; }

    /// <summary>While snoozed: when it speaks again.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Once resolved: when.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>By when somebody should have answered; null while nobody is waited for.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>When anything of it happened last: raised, worse, told, answered, escalated or resolved.</summary>
    [JsonIgnore]
    public DateTimeOffset LastChangeAt => new[] { WorseAt, ResolvedAt, EscalatedAt, SpokeAt, Answer?.At }.Max(at => at ?? RaisedAt);

    /// <summary>When nobody had answered in time; null while that is open, and again once it got worse.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>
    /// What people answered, and at the end perhaps Signals itself; oldest first, the last <see cref="MaxEntries"/>. Empty in lists.
    /// </summary>
    public IReadOnlyList<AlertAnswer> Answers { get; init; } = [];

    /// <summary>The answer that holds now; null while it is open.</summary>
    public AlertAnswer? Answer { get; init; }

    /// <summary>Whom it went to over which channel, oldest first, the last <see cref="MaxEntries"/>. Empty in lists.</summary>
    public IReadOnlyList<AlertTelling> Told { get; init; } = [];

    /// <summary>What is still to be told; null when all was, or is left to the morning.</summary>
    public AlertOccasion? ToTell { get; init; }

    /// <summary>When it last told somebody at once, or left that to the morning; null before.</summary>
    public DateTimeOffset? SpokeAt { get; init; }

    /// <summary>Who was told at once then: no list tells them again.</summary>
    public IReadOnlyList<string> AtOnce { get; init; } = [];

    /// <summary>Who hears of it with the next morning's list, or heard with an earlier one.</summary>
    public IReadOnlyList<AlertMorning> Mornings { get; init; } = [];

    /// <summary>The worst level told since the account was last better, and every cause told: what is beyond them is news.</summary>
    public RiskLevel ToldLevel { get; init; }

    public IReadOnlyList<string> ToldCauses { get; init; } = [];

    /// <summary>The sure causes that came when it was last raised or got worse.</summary>
    public IReadOnlyList<string> NewCauses { get; init; } = [];

    /// <summary>True when its level was above what had been told when it was last raised or got worse.</summary>
    public bool Risen { get; init; }

    /// <summary>The causes that two messages did not mend: it is a person's turn.</summary>
    public IReadOnlyList<string> HandedOver { get; init; } = [];

    /// <summary>Answers of people that the audit trail may not hold yet.</summary>
    public IReadOnlyList<AlertAnswer> Unaudited { get; init; } = [];

    /// <summary>The rows of the lists that show it, and earlier ones that are still to be removed: "partition|row".</summary>
    public IReadOnlyList<string> ListRows { get; init; } = [];

    public IReadOnlyList<string> StaleListRows { get; init; } = [];

    /// <summary>Answers and tellings that are kept.</summary>
    public const int MaxEntries = 30;

    /// <summary>True until it is resolved.</summary>
    [JsonIgnore]
    public bool Stands => State != AlertState.Resolved;

    /// <summary>What somebody has still to hear, at once or in the morning; null when all was told.</summary>
    [JsonIgnore]
    public AlertOccasion? Untold => ToTell ?? Mornings.FirstOrDefault(morning => morning.At is null)?.Occasion;
}

/// <summary>A cause and its first line of evidence, as an alert shows it.</summary>
public sealed record AlertCause(string Id, string? Detail, int Affected, double Confidence, Evidence? Evidence);

/// <summary>An alert's life; the names in JSON are in kebab case.</summary>
public enum AlertState
{
    /// <summary>Waits for an answer.</summary>
    Open,

    /// <summary>Somebody is at it: it does not repeat unless it gets worse.</summary>
    Acknowledged,

    /// <summary>Speaks again at a time, or when it gets worse.</summary>
    Snoozed,

    /// <summary>Dealt with, or the account is well again.</summary>
    Resolved,
}

public static class AlertStates
{
    public static readonly IReadOnlyList<string> Names = ["open", "acknowledged", "snoozed", "resolved"];

    public static string Name(this AlertState state) => Names[(int)state];

    public static AlertState? Parse(string? name) =>
        name is not null && Names.ToList().IndexOf(name) is >= 0 and var index ? (AlertState)index : null;
}
