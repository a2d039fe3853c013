namespace Signals.Core.Response.Messages;

/// <summary>Everything a template may say. Names here are the names in templates, in camelCase.</summary>
public sealed record MessageVariables
{
    /// <summary>The most days to the end of a trial in which there is time for one thing.</summary>
    private const int SoonDays = 3;

    public required string Product { get; init; }

    public required string Cause { get; init; }

    /// <summary>How to greet whom it is written to: the first name where it is known; empty when no name is fit for a greeting.</summary>
    public string PersonName { get; init; } = "";

    public string PersonEmail { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string AccountName { get; init; } = "";

    public string Plan { get; init; } = "";

    /// <summary>What they came for (the <c>goal</c> trait), in their own words; empty when unknown.</summary>
    public string Goal { get; init; } = "";

    /// <summary>The onboarding step that got in the way, or null.</summary>
    public MessageStep? Step { get; init; }

    /// <summary>The one feature to try, or null.</summary>
    public MessageFeature? Feature { get; init; }

    /// <summary>What is being retired, in feature-sunset; else null.</summary>
    public MessageSunset? Sunset { get; init; }

    /// <summary>The friction met, in the model's words; empty when none.</summary>
    public string Friction { get; init; } = "";

    /// <summary>What was done about the friction; empty while nothing was.</summary>
    public string Fixed { get; init; } = "";

    /// <summary>Questions and answers that may help, of the step or the friction it is about.</summary>
    public IReadOnlyList<MessageFaq> Faq { get; init; } = [];

    /// <summary>What was so good, in delight: "praise" or "rise"; else empty.</summary>
    public string Moment { get; init; } = "";

    /// <summary>The praise that delight thanks for, in the reader's own words; empty when there are none to quote.</summary>
    public string Praise { get; init; } = "";

    /// <summary>The payment that failed, in payment-failing; else null.</summary>
    public MessagePayment? Payment { get; init; }

    /// <summary>The question, in surveys; else null.</summary>
    public MessageSurvey? Survey { get; init; }

    /// <summary>True when several people share the account.</summary>
    public bool IsTeam { get; init; }

    /// <summary>True when the reader got hours of value already.</summary>
    public bool IsExperienced { get; init; }

    /// <summary>The days on which the trial ends and the contract renews, yyyy-MM-dd, where that is soon; else empty.</summary>
    public string TrialEndsOn { get; init; } = "";

    /// <summary>True where the trial has a day left and few more: time for one thing.</summary>
    public bool TrialEndsSoon { get; init; }

    /// <summary>The day on which the trial ended, yyyy-MM-dd, where that was lately and nothing says that they stay; else empty.</summary>
    public string TrialEndedOn { get; init; } = "";

    public string RenewsOn { get; init; } = "";

    /// <summary>What is broken just now, in apologies; else empty.</summary>
    public string Incident { get; init; } = "";

    /// <summary>
    /// Where the one call to action leads: the playbook's next step, else the help page of what the message is about; null when the step is
    /// to answer this mail.
    /// </summary>
    public string? ActionUrl { get; init; }

    /// <summary>What the playbook's next step is called; empty leaves that to the template.</summary>
    public string ActionLabel { get; init; } = "";

    public string ValueUnit { get; init; } = "";

    /// <summary>True on a card inside the product, whose reader cannot answer by writing back.</summary>
    public bool InProduct { get; init; }

    /// <summary>What was seen, line by line; in alerts only.</summary>
    public IReadOnlyList<MessageEvidence> Evidence { get; init; } = [];

    public string SenderName { get; init; } = "";

    public string PostalAddress { get; init; } = "";

    /// <summary>The signed unsubscribe link; empty in alerts.</summary>
    public string UnsubscribeUrl { get; init; } = "";

    /// <summary>Alerts: the account on the dashboard.</summary>
    public string AccountUrl { get; init; } = "";

    /// <summary>Alerts: the level now and before.</summary>
    public string RiskLevel { get; init; } = "";

    public string PreviousRiskLevel { get; init; } = "";

    public int RiskScore { get; init; }

    /// <summary>Alerts: what beside the causes raised the score, most first.</summary>
    public IReadOnlyList<string> RaisedBy { get; init; } = [];

    /// <summary>Alerts: every cause that holds, most telling first.</summary>
    public IReadOnlyList<MessageCause> Causes { get; init; } = [];

    /// <summary>Alerts: questions worth asking the customer.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Alerts: what changed, who looks after the account, and what was written to it; else null.</summary>
    public MessageAlert? Alert { get; init; }

    /// <summary>Digests: what a CS manager's accounts did since the last one; else null.</summary>
    public MessageDigest? Digest { get; init; }

    /// <summary>Reports: what is true of all accounts together; else null.</summary>
    public MessageReport? Report { get; init; }

    /// <summary>Letters from one of the team to another; else null.</summary>
    public MessageLetter? Letter { get; init; }

    /// <summary>Digests and reports: the dashboard.</summary>
    public string DashboardUrl { get; init; } = "";

    /// <summary>The same as it is true on the day it leaves (UTC, by number), some days after it was planned perhaps.</summary>
    public MessageVariables On(int day) =>
        this with
        {
            TrialEndsSoon = IsSoon(TrialEndsOn, day),
            TrialEndsOn = IsAhead(TrialEndsOn, day) ? TrialEndsOn : "",
            RenewsOn = IsAhead(RenewsOn, day) ? RenewsOn : "",
            Sunset = Sunset is { DaysLeft: > 0 } sunset ? sunset.RemindingOn(day) : Sunset,
        };

    /// <summary>True for a day, yyyy-MM-dd, that comes after this one, by <see cref="SoonDays"/> at most.</summary>
    public static bool IsSoon(string date, int day) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", out var known) && known.DayNumber - day is >= 1 and <= SoonDays;

    private static bool IsAhead(string date, int day) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", out var known) && known.DayNumber >= day;
}
