namespace Signals.Core.Response.Messages;

/// <summary>Renders a message template in a language into a subject and both bodies.</summary>
public interface IMessageRenderer
{
    /// <summary>Throws <see cref="TemplateException"/> when there is no such template or it cannot be rendered.</summary>
    RenderedMessage Render(string template, string locale, MessageVariables variables);
}

/// <summary>A finished message: plain text and a complete HTML document that say the same.</summary>
public sealed record RenderedMessage(string Subject, string Text, string Html, string Locale);

/// <summary>A template that is missing or broken: a defect of the model or its templates, never transient.</summary>
public sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);

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
    /// to
    /// answer this mail.
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

public sealed record MessageStep(string Id, string Name, string Help, IReadOnlyList<MessageFaq> Faq, int Tries, int Failures);

public sealed record MessageFaq(string Question, string Answer);

public sealed record MessageFeature(string Id, string Name, string Help, string Description);

/// <summary>
/// A sunset as the customer reads it: <paramref name="Feature"/> and <paramref name="Replacement"/> are the features' names.
/// </summary>
public sealed record MessageSunset(
    string Feature,
    string Why,
    DateOnly LastOrder,
    DateOnly Ends,
    string Terms,
    string Replacement,
    string Differences,
    IReadOnlyList<string> Steps
)
{
    /// <summary>True when this notice is above all about the last order, which is still ahead.</summary>
    public bool IsLastOrderNear { get; init; }
}

public sealed record MessageEvidence(string Text, string Value, string Expected, string Since);

public sealed record MessageCause(string Id, string Name, int ConfidencePercent, int Affected, IReadOnlyList<MessageEvidence> Evidence);

/// <summary>What an alert says beside the causes. Days are yyyy-MM-dd, empty when unknown.</summary>
/// <param name="Occasion">raised, worse, reminder or escalated.</param>
/// <param name="Csm">Who looks after the account, or empty.</param>
/// <param name="Strategic">A strategic account.</param>
/// <param name="RenewsOn">The day the contract renews.</param>
/// <param name="RaisedOn">The day the alert was raised.</param>
/// <param name="NewCauses">When it got worse: the names of the causes that came.</param>
/// <param name="SnoozedBy">In a reminder: who snoozed it.</param>
/// <param name="Unanswered">In an escalation: who did not answer.</param>
/// <param name="AnswerWithinHours">Within how many hours of working days an answer is expected.</param>
/// <param name="Messages">What was written to the customer lately, newest first.</param>
public sealed record MessageAlert(
    string Occasion,
    string Csm,
    bool Strategic,
    string RenewsOn,
    string RaisedOn,
    IReadOnlyList<string> NewCauses,
    string SnoozedBy,
    string Unanswered,
    string AnswerWithinHours,
    IReadOnlyList<MessageSent> Messages
);

/// <summary>
/// A message to the customer: what it was about, to whom, its day, its state's name (planned, held-out, sent, ...), its subject (empty
/// before
/// it left), and whether its goal was reached.
/// </summary>
public sealed record MessageSent(string About, string To, string On, string State, string Subject, bool Reached);

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
/// alert;
/// <paramref name="Until"/> is a snooze's last day, yyyy-MM-dd.
/// </summary>
public sealed record MessageAnswer(string State, string By, string Until)
{
    public const string Late = "late";

    public static MessageAnswer None { get; } = new("", "", "");
}

/// <summary>A week in figures. Sentences are in the reader's language already.</summary>
/// <param name="Day">The day the figures are of, yyyy-MM-dd.</param>
/// <param name="Customers">All accounts but those who left.</param>
/// <param name="Critical">Of those, how many are critical; likewise at risk and on watch.</param>
/// <param name="AtRisk">At risk.</param>
/// <param name="Watch">On watch.</param>
/// <param name="Topics">What is worth fixing, then what else holds most accounts back, most first.</param>
/// <param name="Retention">Who stays, a sentence each.</param>
/// <param name="Effects">What messages achieved, by playbook.</param>
/// <param name="OpenAlerts">Alerts that wait for an answer.</param>
/// <param name="LateAlerts">Those of them that nobody answered in time.</param>
public sealed record MessageReport(
    string Day,
    int Customers,
    MessageReportLevel Critical,
    MessageReportLevel AtRisk,
    MessageReportLevel Watch,
    IReadOnlyList<MessageReportTopic> Topics,
    IReadOnlyList<string> Retention,
    IReadOnlyList<MessageReportEffect> Effects,
    int OpenAlerts,
    int LateAlerts
);

/// <summary>Accounts of a level, and in words how many more or fewer than a week before; empty when that is not known.</summary>
public sealed record MessageReportLevel(int Accounts, string Change);

/// <summary>
/// What holds accounts back, as a sentence without its full stop; how many of them are at risk; and whether a product fix is worth it.
/// </summary>
public sealed record MessageReportTopic(string Text, int AtRisk, string Change, bool WorthFixing);

public sealed record MessageReportEffect(string Name, string Text);
