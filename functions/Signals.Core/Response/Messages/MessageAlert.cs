namespace Signals.Core.Response.Messages;

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
)
{
    /// <summary>The day the trial ends; empty where there is none, or it is over.</summary>
    public string TrialEndsOn { get; init; } = "";

    /// <summary>What is new, for the subject.</summary>
    public string News { get; init; } = "";

    /// <summary>"99 USD a month"; empty for an account that pays nothing.</summary>
    public string Price { get; init; } = "";

    /// <summary>Whom to talk to in the account, by name.</summary>
    public IReadOnlyList<MessageContact> Contacts { get; init; } = [];

    /// <summary>How many a week come at once, where this was the last of them; else 0.</summary>
    public int LastOfWeek { get; init; }

    /// <summary>Links that answer, each with a page that asks first; null where none is signed.</summary>
    public MessageAnswerLinks? Links { get; init; }

    /// <summary>The names of the causes that two messages did not mend: it is a person's turn.</summary>
    public IReadOnlyList<string> HandedOver { get; init; } = [];
}

/// <summary>Somebody to talk to: "Noah Reyes, owner (noah@acme.example)", and the key under which their erasure finds this.</summary>
public sealed record MessageContact(string Person, string Name);

/// <summary>Where an alert is answered from a mail: somebody is at it, later, no risk.</summary>
public sealed record MessageAnswerLinks(string Acknowledge, string Snooze, string Resolve);

/// <summary>
/// A message to the customer: what it was about, to whom, its day, its state's name (planned, held-out, sent, ...), its subject (empty
/// before it left), and whether its goal was reached.
/// </summary>
public sealed record MessageSent(string About, string To, string On, string State, string Subject, bool Reached);
