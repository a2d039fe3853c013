using Signals.Core.Platform.Languages;
using Signals.Core.Response.Links;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Alerts;

/// <summary>
/// What an alert says in a chat, before it is dressed as one product's message: short, for the mail and the account's page say all.
/// </summary>
/// <param name="Title">One line.</param>
/// <param name="Lines">Lines under the title.</param>
/// <param name="Sections">What stands under headings.</param>
/// <param name="LinkText">What the link is called.</param>
/// <param name="Link">The account's page, made by Signals; empty for none.</param>
/// <param name="Answers">What it is answered by.</param>
internal sealed record ChatMessage(
    string Title,
    IReadOnlyList<string> Lines,
    IReadOnlyList<ChatSection> Sections,
    string LinkText,
    string Link,
    IReadOnlyList<ChatAnswer> Answers
)
{
    private const int MostCauses = 3;
    private const int MostEvidence = 2;
    private const int MostQuestions = 2;

    private const int MostListed = 10;

    /// <param name="record">The outreach of an alert, or of a morning's list.</param>
    /// <param name="subject">Its mail's subject, in the same language.</param>
    /// <param name="url">The account's page; of a list, the dashboard.</param>
    /// <param name="answers">Where it is answered; null for nowhere.</param>
    public static ChatMessage Of(OutreachRecord record, string subject, string url, MessageAnswerLinks? answers)
    {
        var variables = record.Variables;
        if (variables.Digest is { } digest)
            return OfList(record, digest, subject, url);
        return new ChatMessage(
            subject,
            [.. LinesOf(variables).Select(line => line.In(record.Locale))],
            [
                .. SectionsOf(variables)
                    .Select(section => new ChatSection(
                        section.Heading.In(record.Locale),
                        [.. section.Lines.Select(line => line.In(record.Locale))]
                    )),
            ],
            Phrase.Of("Open the account and answer").In(record.Locale),
            url,
            answers is null
                ? []
                :
                [
                    new ChatAnswer(AlertLinkAnswer.Acknowledge, Phrase.Of("I am on it").In(record.Locale), answers.Acknowledge),
                    new ChatAnswer(AlertLinkAnswer.Snooze, Phrase.Of("Remind us tomorrow").In(record.Locale), answers.Snooze),
                    new ChatAnswer(AlertLinkAnswer.Resolve, Phrase.Of("False alarm").In(record.Locale), answers.Resolve),
                ]
        );
    }

    private static ChatMessage OfList(OutreachRecord record, MessageDigest digest, string subject, string url)
    {
        var sections = new (Phrase Heading, IReadOnlyList<MessageDigestAccount> Lines)[]
        {
            (Phrase.Of("Alerts"), digest.Alerts),
            (Phrase.Of("Nobody answered in time"), digest.Unanswered),
        };
        return new ChatMessage(
            subject,
            [],
            [
                .. sections
                    .Where(section => section.Lines.Count > 0)
                    .Select(section => new ChatSection(
                        section.Heading.In(record.Locale),
                        [.. section.Lines.Take(MostListed).Select(line => Line(line).In(record.Locale))]
                    )),
            ],
            Phrase.Of("Open the dashboard").In(record.Locale),
            url,
            []
        );
    }

    private static Phrase Line(MessageDigestAccount account)
    {
        var paid = account.Price.Length > 0 ? Phrase.Of($"{account.Name} ({account.Price})") : Phrase.Same(account.Name);
        return Phrase.Of($"{paid}: {account.News}");
    }

    private static IEnumerable<Phrase> LinesOf(MessageVariables variables)
    {
        var alert = variables.Alert;
        if (alert?.Occasion == "escalated")
        {
            yield return alert.Unanswered.Length > 0
                ? Phrase.Of(
                    $"Nobody answered within {alert.AnswerWithinHours} hours, counting working days only. It went to {alert.Unanswered}."
                )
                : Phrase.Of($"Nobody answered within {alert.AnswerWithinHours} hours, counting working days only.");
        }
        if (alert?.NewCauses.Count > 0)
            yield return Phrase.Of($"New: {string.Join(", ", alert.NewCauses)}.");
        yield return Phrase.Of($"Risk score: {variables.RiskScore} of 100.");
        if (alert?.Strategic == true)
            yield return Phrase.Of("Strategic account.");
        if (alert?.Price.Length > 0)
            yield return Phrase.Of($"Pays {alert.Price}");
        if (variables.Plan.Length > 0)
            yield return Phrase.Of($"Plan: {variables.Plan}");
        if (Day(alert?.RenewsOn) is { } renewsOn)
            yield return Phrase.Of($"Renews on {renewsOn}");
        if (alert?.Csm.Length > 0)
            yield return Phrase.Of($"Looked after by {alert.Csm}");
        if (alert?.Contacts.Count > 0)
            yield return Phrase.Of($"Talk to {string.Join("; ", alert.Contacts.Select(contact => contact.Name))}");
    }

    private static IEnumerable<(Phrase Heading, IEnumerable<Phrase> Lines)> SectionsOf(MessageVariables variables)
    {
        foreach (var cause in variables.Causes.Take(MostCauses))
            yield return (Phrase.Same(cause.Name), cause.Evidence.Take(MostEvidence).Select(Line));
        if (variables.Questions.Count > 0)
            yield return (Phrase.Of("Worth asking"), variables.Questions.Take(MostQuestions).Select(Phrase.Same));
        if (variables.Alert?.Messages.Count > 0)
        {
            yield return (Phrase.Of("Written to the customer"), variables.Alert.Messages.Select(Line));
        }
    }

    private static Phrase Line(MessageSent sent)
    {
        var state = sent.State switch
        {
            "planned" or "sending" => Phrase.Of("planned"),
            "sent" or "delivered" => Phrase.Of("sent"),
            "uncertain" => Phrase.Of("not known whether it arrived"),
            _ => Phrase.Of("not sent"),
        };
        return Day(sent.On) is { } day
            ? Phrase.Of($"{sent.About}, {sent.To}, {day}: {state}")
            : Phrase.Of($"{sent.About}, {sent.To}: {state}");
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;

    private static Phrase Line(MessageEvidence line)
    {
        var seen = line.Value.Length > 0 ? Phrase.Of($"{line.Text}: {line.Value}") : Phrase.Same(line.Text);
        return line.Expected.Length == 0 ? seen : Phrase.Of($"{seen}, expected {line.Expected}");
    }
}

internal sealed record ChatSection(string Heading, IReadOnlyList<string> Lines);

/// <summary>An answer, what it is called, and the link to the page that asks first.</summary>
internal sealed record ChatAnswer(AlertLinkAnswer Answer, string Text, string Url)
{
    /// <summary>What is signed in the link.</summary>
    public string Token => Url[(Url.LastIndexOf('/') + 1)..];
}
