namespace Signals.Core.Response.Alerts;

/// <summary>What somebody did about an alert.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who: an address, <c>api</c>, <c>link</c>, or <see cref="BySignals"/>.</param>
/// <param name="State">What the alert became by it; open only in the audit trail's queue, where an answer was taken back.</param>
/// <param name="Note">In their own words, or null.</param>
/// <param name="Until">Of a snooze: until when.</param>
/// <param name="Reason">Of an end: one of <see cref="AlertReasons"/>.</param>
public sealed record AlertAnswer(
    DateTimeOffset At,
    string By,
    AlertState State,
    string? Note = null,
    DateTimeOffset? Until = null,
    string? Reason = null
)
{
    public const string BySignals = "signals";

    /// <summary>A note is a remark, not a report.</summary>
    public const int MaxNoteChars = 1000;

    /// <summary>True when giving the other answer changes nothing.</summary>
    public bool Says(AlertAnswer other) => this with { At = other.At } == other;
}

/// <summary>Why an alert ended.</summary>
public static class AlertReasons
{
    /// <summary>The customer was helped.</summary>
    public const string Helped = "helped";

    /// <summary>It was no risk.</summary>
    public const string FalseAlarm = "false-alarm";

    /// <summary>Nothing can be done: they are leaving, or it is not worth it.</summary>
    public const string Accepted = "accepted";

    public const string Other = "other";

    /// <summary>The account is no longer at risk.</summary>
    public const string Recovered = "recovered";

    /// <summary>The customer has left.</summary>
    public const string Left = "left";

    /// <summary>The account is no longer one: it became part of another.</summary>
    public const string Gone = "gone";

    /// <summary>Those that a person may give; the others are Signals' own.</summary>
    public static readonly IReadOnlyList<string> OfPeople = [Helped, FalseAlarm, Accepted, Other];

    public static readonly IReadOnlyList<string> All = [.. OfPeople, Recovered, Left, Gone];
}
