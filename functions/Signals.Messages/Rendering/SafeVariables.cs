using Signals.Core.Response.Messages;
using Signals.Core.Response.Planning;

namespace Signals.Messages.Rendering;

/// <summary>
/// What strangers typed, made fit for a mail. Anyone can sign up under the name "Claim your prize at evil.example" and any address:
/// a name, plan or goal that carries a link, an address or a telephone number or is far too long counts as unknown; ids, evidence and
/// quotes, which only the team reads, keep their words and lead nowhere; and a link that is not a web address is left out.
/// </summary>
internal static class SafeVariables
{
    private const int MaxName = 60;
    private const int MaxGoal = 200;

    /// <summary>More questions than that are a manual, not a message.</summary>
    private const int MaxFaq = 3;

    public static MessageVariables Of(MessageVariables given)
    {
        bool toTeam = IsToTeam(given);
        string name = Words(given.AccountName, MaxName);
        return given with
        {
            PersonName = GreetingName.Checked(given.PersonName),
            // A customer is not called by an id: whoever may choose one could have us mail a stranger whatever it says.
            AccountName =
                name.Length > 0 ? name
                : toTeam ? Id(given.AccountId)
                : "",
            AccountId = Id(given.AccountId),
            Plan = toTeam ? Unlinked.Of(given.Plan) : Words(given.Plan, MaxName),
            Goal = Unquoted(Words(given.Goal, MaxGoal)).TrimEnd('.'),
            Praise = Unquoted(Words(given.Praise, MaxGoal)),
            SenderName = string.IsNullOrWhiteSpace(given.SenderName) ? given.Product : given.SenderName.Trim(),
            Step = given.Step is { } step ? step with { Help = Link(step.Help) ?? "", Faq = [.. step.Faq.Take(MaxFaq)] } : null,
            Faq = [.. given.Faq.Take(MaxFaq)],
            Survey = given.Survey is { } survey
                ? survey with
                {
                    Answers = [.. survey.Answers.Where(answer => Link(answer.Url) is not null)],
                }
                : null,
            Feature = given.Feature is { } feature ? feature with { Help = Link(feature.Help) ?? "" } : null,
            ActionUrl = Link(given.ActionUrl),
            UnsubscribeUrl = Link(given.UnsubscribeUrl) ?? "",
            AccountUrl = Link(given.AccountUrl) ?? "",
            DashboardUrl = Link(given.DashboardUrl) ?? "",
            Evidence = Safe(given.Evidence),
            Causes = [.. given.Causes.Select(cause => cause with { Evidence = Safe(cause.Evidence) })],
            RaisedBy = [.. given.RaisedBy.Select(Unlinked.Of)],
            Alert = given.Alert is { } alert
                ? alert with
                {
                    Csm = Unlinked.Of(alert.Csm),
                    SnoozedBy = Unlinked.Of(alert.SnoozedBy),
                    Contacts = Safe(alert.Contacts),
                    Links = Safe(alert.Links),
                    Messages =
                    [
                        .. alert.Messages.Select(sent => sent with { To = Unlinked.Of(sent.To), Subject = Unlinked.Of(sent.Subject) }),
                    ],
                }
                : null,
            Digest = given.Digest is { } digest
                ? digest with
                {
                    Alerts = Safe(digest.Alerts),
                    Unanswered = Safe(digest.Unanswered),
                    Worse = Safe(digest.Worse),
                    Open = Safe(digest.Open),
                    Recovered = Safe(digest.Recovered),
                    Steps = Safe(digest.Steps),
                }
                : null,
            Letter = given.Letter is { } letter
                ? letter with
                {
                    Subject = Unlinked.Of(letter.Subject),
                    Lines = [.. letter.Lines.Select(Unlinked.Of)],
                    Quote = Unquoted(Unlinked.Of(letter.Quote)),
                    ActionLabel = Unlinked.Of(letter.ActionLabel),
                    ActionUrl = Link(letter.ActionUrl) ?? "",
                    After = Unlinked.Of(letter.After),
                    Why = Unlinked.Of(letter.Why),
                }
                : null,
            Report = given.Report is { } report
                ? report with
                {
                    Topics = [.. report.Topics.Select(topic => topic with { Text = Unlinked.Of(topic.Text) })],
                    ToDo = [.. report.ToDo.Select(thing => thing with { Text = Unlinked.Of(thing.Text) })],
                }
                : null,
        };
    }

    /// <summary>The team reads what customers wrote, whatever it is; customers read our words alone.</summary>
    private static bool IsToTeam(MessageVariables given) =>
        given.RiskLevel.Length > 0
        || given.Alert is not null
        || given.Digest is not null
        || given.Report is not null
        || given.Letter is not null;

    private static List<MessageDigestAccount> Safe(IReadOnlyList<MessageDigestAccount> accounts) =>
        [
            .. accounts.Select(account =>
                account with
                {
                    Name = Words(account.Name, MaxName) is { Length: > 0 } name ? name : Id(account.Id),
                    Url = Link(account.Url) ?? "",
                    Evidence = Unlinked.Of(account.Evidence),
                    Plan = Unlinked.Of(account.Plan),
                    Contacts = Safe(account.Contacts),
                    ToldTo = Unlinked.Of(account.ToldTo),
                    Step = Unlinked.Of(account.Step),
                    Links = Safe(account.Links),
                    Answer = account.Answer is { } answer ? answer with { By = Unlinked.Of(answer.By) } : null,
                }
            ),
        ];

    private static List<MessageContact> Safe(IReadOnlyList<MessageContact> contacts) =>
        [.. contacts.Select(contact => contact with { Name = Unlinked.Of(contact.Name) })];

    private static MessageAnswerLinks? Safe(MessageAnswerLinks? links) =>
        links is not null
        && Link(links.Acknowledge) is { } acknowledge
        && Link(links.Snooze) is { } snooze
        && Link(links.Resolve) is { } resolve
            ? new MessageAnswerLinks(acknowledge, snooze, resolve)
            : null;

    private static List<MessageEvidence> Safe(IReadOnlyList<MessageEvidence> lines) =>
        [
            .. lines.Select(line =>
                line with
                {
                    Text = Unlinked.Of(line.Text),
                    Value = Unlinked.Of(line.Value),
                    Expected = Unlinked.Of(line.Expected),
                }
            ),
        ];

    /// <summary>An id as the sender chose it: cut, and leading nowhere.</summary>
    private static string Id(string id) => Unlinked.Of(id.Length > MaxName ? id[..MaxName] + "…" : id);

    /// <summary>http is for a product or dashboard on this machine; the model's own check asks for https.</summary>
    private static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri.AbsoluteUri : null;

    /// <summary>What a template quotes brings no marks of its own.</summary>
    private static string Unquoted(string words) => words.Trim('"', '“', '”', '«', '»', ' ');

    private static string Words(string text, int max)
    {
        string trimmed = text.Trim();
        return trimmed.Length > max || Unlinked.IsNeeded(trimmed) ? "" : trimmed;
    }
}
