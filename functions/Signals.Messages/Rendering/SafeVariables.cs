using System.Text.RegularExpressions;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Planning;

namespace Signals.Messages.Rendering;

/// <summary>
/// What strangers typed, made fit for a mail. Anyone can sign up under the name "Claim your prize at evil.example" and any address:
/// a name or goal that carries a link or is far too long counts as unknown, and a link that is not a web address is left out.
/// </summary>
internal static partial class SafeVariables
{
    private const int MaxName = 60;
    private const int MaxGoal = 200;

    /// <summary>More questions than that are a manual, not a message.</summary>
    private const int MaxFaq = 3;

    public static MessageVariables Of(MessageVariables given) =>
        given with
        {
            PersonName = GreetingName.Checked(given.PersonName),
            AccountName = Words(given.AccountName, MaxName) is { Length: > 0 } name ? name : given.AccountId,
            Goal = Words(given.Goal, MaxGoal).Trim('"', '“', '”', '«', '»', ' ').TrimEnd('.'),
            SenderName = string.IsNullOrWhiteSpace(given.SenderName) ? given.Product : given.SenderName.Trim(),
            Step = given.Step is { } step ? step with { Help = Link(step.Help) ?? "", Faq = [.. step.Faq.Take(MaxFaq)] } : null,
            Faq = [.. given.Faq.Take(MaxFaq)],
            Feature = given.Feature is { } feature ? feature with { Help = Link(feature.Help) ?? "" } : null,
            ActionUrl = Link(given.ActionUrl),
            UnsubscribeUrl = Link(given.UnsubscribeUrl) ?? "",
            AccountUrl = Link(given.AccountUrl) ?? "",
            DashboardUrl = Link(given.DashboardUrl) ?? "",
            Digest = given.Digest is { } digest
                ? digest with
                {
                    Worse = Safe(digest.Worse),
                    Open = Safe(digest.Open),
                    Recovered = Safe(digest.Recovered),
                }
                : null,
        };

    private static List<MessageDigestAccount> Safe(IReadOnlyList<MessageDigestAccount> accounts) =>
        [
            .. accounts.Select(account =>
                account with
                {
                    Name = Words(account.Name, MaxName) is { Length: > 0 } name ? name : account.Id,
                    Url = Link(account.Url) ?? "",
                }
            ),
        ];

    /// <summary>http is for a product or dashboard on this machine; the model's own check asks for https.</summary>
    private static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri.AbsoluteUri : null;

    private static string Words(string text, int max)
    {
        string trimmed = text.Trim();
        return trimmed.Length > max || Linked().IsMatch(trimmed) ? "" : trimmed;
    }

    /// <summary>A scheme, an address, or what mail programs would turn into a link by themselves.</summary>
    [GeneratedRegex("://|@|www\\.|[\\p{L}\\d]\\.\\p{L}{2,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Linked();
}
