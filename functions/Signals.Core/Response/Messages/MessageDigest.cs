namespace Signals.Core.Response.Messages;

/// <summary>A digest's three sections, worst accounts first; of each, how many there are and how many of those are not listed.</summary>
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
);

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
);

/// <summary>
/// What became of an alert: <paramref name="State"/> is open, late (nobody answered in time), acknowledged, snoozed, or empty without an
/// alert; <paramref name="Until"/> is a snooze's last day, yyyy-MM-dd.
/// </summary>
public sealed record MessageAnswer(string State, string By, string Until)
{
    public const string Late = "late";

    public static MessageAnswer None { get; } = new("", "", "");
}
