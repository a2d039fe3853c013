using System.Text.Json.Serialization;

namespace Signals.Core.Response.Messages;

/// <summary>A digest's sections, worst accounts first; of each, how many there are and how many of those are not listed.</summary>
public sealed record MessageDigest(
    IReadOnlyList<MessageDigestAccount> Worse,
    int WorseUnlisted,
    IReadOnlyList<MessageDigestAccount> Open,
    int OpenUnlisted,
    IReadOnlyList<MessageDigestAccount> Recovered,
    int RecoveredUnlisted,
    int WorseCount,
    int OpenCount,
    int RecoveredCount
)
{
    /// <summary>Alerts that waited for this morning.</summary>
    public IReadOnlyList<MessageDigestAccount> Alerts { get; init; } = [];

    public int AlertsUnlisted { get; init; }

    public int AlertsCount { get; init; }

    /// <summary>What those accounts pay a month together, "1,240 USD"; empty where they pay nothing.</summary>
    public string AlertsPay { get; init; } = "";

    /// <summary>Alerts that others were told of, and did not answer in time.</summary>
    public IReadOnlyList<MessageDigestAccount> Unanswered { get; init; } = [];

    public int UnansweredUnlisted { get; init; }

    public int UnansweredCount { get; init; }

    /// <summary>Next steps that the one who reads it has to do, the earliest due first; nobody else is told of them.</summary>
    public IReadOnlyList<MessageDigestAccount> Steps { get; init; } = [];

    public int StepsCount { get; init; }

    /// <summary>
    /// How many alerts a week come at once, where these were used up and something waited for this morning for that reason; else 0.
    /// </summary>
    public int BudgetReached { get; init; }
}

/// <summary>
/// An account in a digest; <paramref name="Evidence"/> is its first cause's first line, <paramref name="Answer"/> what became of its alert.
/// </summary>
public sealed record MessageDigestAccount(
    string Id,
    string Name,
    string Url,
    string RiskLevel,
    string PreviousRiskLevel,
    int RiskScore,
    string Cause,
    string Evidence,
    bool Strategic,
    string Since,
    MessageAnswer? Answer = null
)
{
    /// <summary>Where an alert is listed: its id, and when it was left to the morning.</summary>
    public string AlertId { get; init; } = "";

    public DateTimeOffset? SpokeAt { get; init; }

    /// <summary>Why the alert speaks: raised, worse, reminder or escalated; empty where none is listed.</summary>
    public string Occasion { get; init; } = "";

    /// <summary>What is new about it.</summary>
    public string News { get; init; } = "";

    /// <summary>The causes that are new; empty where only the level is, or nothing.</summary>
    public string Came { get; init; } = "";

    /// <summary>True where the level rose: it was <see cref="PreviousRiskLevel"/> before.</summary>
    public bool Risen { get; init; }

    /// <summary>"99 USD a month"; empty for an account that pays nothing.</summary>
    public string Price { get; init; } = "";

    public string Plan { get; init; } = "";

    /// <summary>The day the contract renews, yyyy-MM-dd; empty when unknown.</summary>
    public string RenewsOn { get; init; } = "";

    /// <summary>The day the trial ends, yyyy-MM-dd; empty where there is none, or it is over.</summary>
    public string TrialEndsOn { get; init; } = "";

    /// <summary>The key of the person that <see cref="Evidence"/> names, by which their erasure finds it; null for nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }

    /// <summary>Whom to talk to in the account, by name.</summary>
    public IReadOnlyList<MessageContact> Contacts { get; init; } = [];

    /// <summary>What to ask them first; empty when there is nothing.</summary>
    public string Ask { get; init; } = "";

    /// <summary>What is to be done for the account, in the words of who wrote it down; empty where no step is listed.</summary>
    public string Step { get; init; } = "";

    /// <summary>The day by which, yyyy-MM-dd; empty where no step is listed.</summary>
    public string StepDue { get; init; } = "";

    /// <summary>True where that day is over.</summary>
    public bool StepLate { get; init; }

    /// <summary>Who was told and did not answer.</summary>
    public string ToldTo { get; init; } = "";

    /// <summary>Links that answer, each with a page that asks first; null where none is signed.</summary>
    public MessageAnswerLinks? Links { get; init; }
}

/// <summary>
/// What became of an alert: <paramref name="State"/> is open, late (nobody answered in time), acknowledged, snoozed, or empty without an
/// alert; <paramref name="Until"/> is a snooze's last day, yyyy-MM-dd.
/// </summary>
public sealed record MessageAnswer(string State, string By, string Until)
{
    public const string Late = "late";

    public static MessageAnswer None { get; } = new("", "", "");
}
