using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;

namespace Signals.Messages.Sources;

/// <summary>The templates that have a part of their own to play.</summary>
public static class TemplateNames
{
    /// <summary>The CS manager's alert.</summary>
    public const string Alert = "alert";

    /// <summary>The CS manager's digest.</summary>
    public const string Digest = "digest";

    /// <summary>The weekly report.</summary>
    public const string Report = "report";

    /// <summary>From one of the team to another.</summary>
    public const string Letter = "letter";

    /// <summary>At the foot of every customer message: who writes from where, and how to stop it.</summary>
    public const string Footer = "footer";

    /// <summary>At the foot of alerts, digests, reports and letters.</summary>
    public const string TeamFooter = "team-footer";

    /// <summary>The second messages of the playbooks that hold where a model says nothing else.</summary>
    public static IReadOnlyList<string> FollowUps { get; } =
    [.. PlaybookCatalogue.For(new BillingDefinition()).Values.Select(playbook => playbook.FollowUp?.Message).OfType<string>()];

    /// <summary>
    /// What every product has: a message for each cause, the follow-ups, the apology, the question about an address, that of a survey, the
    /// alert, the digest, the report and the letter.
    /// </summary>
    public static readonly IReadOnlyList<string> BuiltIn =
    [
        .. CauseCatalogue.Ids,
        .. FollowUps,
        OutreachTemplates.Apology,
        OutreachTemplates.ConfirmAddress,
        OutreachTemplates.Survey,
        Alert,
        Digest,
        Report,
        Letter,
    ];

    /// <summary>Written to colleagues: no unsubscribe link, several causes. Everything else goes to customers.</summary>
    public static bool IsForTeam(string name) => name is Alert or Digest or Report or Letter or TeamFooter;

    /// <summary>A part of other messages, without a subject of its own.</summary>
    public static bool IsPart(string name) => name is Footer or TeamFooter;
}
