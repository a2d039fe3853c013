namespace Signals.Core.Response.Messages;

/// <summary>Everything a template may say. Names here are the names in templates, in camelCase.</summary>
public sealed record MessageVariables
{
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

    /// <summary>Digests and reports: the dashboard.</summary>
    public string DashboardUrl { get; init; } = "";
}
