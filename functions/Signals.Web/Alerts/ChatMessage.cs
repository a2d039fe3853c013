using Signals.Core.Platform.Languages;
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
internal sealed record ChatMessage(
    string Title,
    IReadOnlyList<string> Lines,
    IReadOnlyList<ChatSection> Sections,
    string LinkText,
    string Link
)
{
    private const int MostCauses = 3;
    private const int MostEvidence = 2;
    private const int MostQuestions = 2;

    /// <param name="record">The alert's outreach.</param>
    /// <param name="subject">Its mail's subject, in the same language.</param>
    /// <param name="accountUrl">The account's page.</param>
    public static ChatMessage Of(OutreachRecord record, string subject, string accountUrl)
    {
        var variables = record.Variables;
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
            new Phrase("Open the account and answer", "Ouvrir le compte et répondre").In(record.Locale),
            accountUrl
        );
    }

    private static IEnumerable<Phrase> LinesOf(MessageVariables variables)
    {
        var alert = variables.Alert;
        if (alert?.Occasion == "escalated")
        {
            yield return new Phrase(
                $"Nobody answered within {alert.AnswerWithinHours} hours of working days"
                    + (alert.Unanswered.Length > 0 ? $". It went to {alert.Unanswered}." : "."),
                $"Personne n’a répondu dans les {alert.AnswerWithinHours} heures de jours ouvrés"
                    + (alert.Unanswered.Length > 0 ? $". Envoyée à {alert.Unanswered}." : ".")
            );
        }
        if (alert?.NewCauses.Count > 0)
            yield return Phrase.Of($"New: {string.Join(", ", alert.NewCauses)}.", $"Nouveau : {string.Join(", ", alert.NewCauses)}.");
        yield return Phrase.Of($"Risk score: {variables.RiskScore} of 100.", $"Score de risque : {variables.RiskScore} sur 100.");
        if (alert?.Strategic == true)
            yield return new Phrase("Strategic account.", "Compte stratégique.");
        if (variables.Plan.Length > 0)
            yield return Phrase.Of($"Plan: {variables.Plan}", $"Formule : {variables.Plan}");
        if (Day(alert?.RenewsOn) is { } renewsOn)
            yield return Phrase.Of($"Renews on {renewsOn}", $"Renouvellement le {renewsOn}");
        if (alert?.Csm.Length > 0)
            yield return Phrase.Of($"Looked after by {alert.Csm}", $"Suivi par {alert.Csm}");
    }

    private static IEnumerable<(Phrase Heading, IEnumerable<Phrase> Lines)> SectionsOf(MessageVariables variables)
    {
        foreach (var cause in variables.Causes.Take(MostCauses))
            yield return (Phrase.Same(cause.Name), cause.Evidence.Take(MostEvidence).Select(Line));
        if (variables.Questions.Count > 0)
            yield return (new Phrase("Worth asking", "À demander"), variables.Questions.Take(MostQuestions).Select(Phrase.Same));
        if (variables.Alert?.Messages.Count > 0)
        {
            yield return (new Phrase("Written to the customer", "Écrit au client"), variables.Alert.Messages.Select(Line));
        }
    }

    private static Phrase Line(MessageSent sent)
    {
        var state = sent.State switch
        {
            "planned" or "sending" => new Phrase("planned", "prévu"),
            "sent" or "delivered" => new Phrase("sent", "envoyé"),
            "uncertain" => new Phrase("not known whether it arrived", "arrivée incertaine"),
            _ => new Phrase("not sent", "non envoyé"),
        };
        return Day(sent.On) is { } day
            ? Phrase.Of($"{sent.About}, {sent.To}, {day}: {state}", $"{sent.About}, {sent.To}, {day} : {state}")
            : Phrase.Of($"{sent.About}, {sent.To}: {state}");
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;

    private static Phrase Line(MessageEvidence line)
    {
        string value = line.Value.Length > 0 ? $": {line.Value}" : "";
        return line.Expected.Length == 0
            ? Phrase.Same(line.Text + value)
            : new Phrase($"{line.Text}{value}, expected {line.Expected}", $"{line.Text}{value}, attendu : {line.Expected}");
    }
}

internal sealed record ChatSection(string Heading, IReadOnlyList<string> Lines);
