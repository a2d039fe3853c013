using System.Security.Cryptography;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;

namespace Signals.Core.Response.Letters;

/// <summary>
/// Makes a letter a mail and hands it to the provider. Letters are no outreach: customers get none, no cap counts them, and they leave in
/// dry-run too, because somebody has just asked for them. In a sandbox they go where everything goes.
/// </summary>
public sealed class LetterPost(
    IEmailSender sender,
    IMessageRenderer renderer,
    ValueModel model,
    SandboxRecipient sandbox,
    TimeProvider clock
)
{
    public const string Template = "letter";

    /// <summary>True when the same letter can be handed over again and arrive once.</summary>
    public bool IsIdempotent => sender.IsIdempotent;

    /// <summary>An id that no other letter has; the same one sent again is the same mail.</summary>
    public static string NewId() => "letter-" + RandomNumberGenerator.GetHexString(24, lowercase: true);

    public async Task<SendOutcome> SendAsync(string id, TeamLetter letter, CancellationToken cancellationToken)
    {
        var mail = Mail(id, letter);
        return sandbox.Instead(await sender.SendAsync(sandbox.Instead(mail), cancellationToken));
    }

    /// <summary>
    /// The same to whom it is for whatever the sandbox says: a link that lets somebody in is nobody else's.
    /// </summary>
    public Task<SendOutcome> SendToOwnerAsync(string id, TeamLetter letter, CancellationToken cancellationToken) =>
        sender.SendAsync(Mail(id, letter), cancellationToken);

    private EmailMessage Mail(string id, TeamLetter letter)
    {
        var rendered = renderer.Render(
            Template,
            letter.Locale,
            new MessageVariables
            {
                Product = model.Product,
                Cause = Template,
                Letter = letter.Words,
            }
        );
        return new EmailMessage(
            id,
            new EmailAddress(
                model.TeamSender.Email,
                model.TeamSender.Name?.In(MessageLanguages.For(letter.Locale, model.Locales)) ?? model.Product
            ),
            new EmailAddress(letter.To),
            ReplyTo: null,
            rendered.Subject,
            rendered.Text,
            rendered.Html,
            clock.GetUtcNow(),
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Auto-Submitted"] = "auto-generated" },
            Template
        );
    }
}
