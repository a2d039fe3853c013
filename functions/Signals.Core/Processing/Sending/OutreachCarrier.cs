using Signals.Core.Response.Alerts;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Processing.Sending;

/// <summary>
/// Hands a claimed outreach to whatever carries it: mail, the product that shows a card, or the chat channel that an alert goes over; mail
/// to the one address while one is set.
/// </summary>
public sealed class OutreachCarrier(
    IEmailSender mail,
    MailComposer composer,
    CardShelf cards,
    IEnumerable<IAlertChannel> channels,
    SandboxRecipient sandbox
)
{
    private readonly Dictionary<string, IAlertChannel> _channels = channels.ToDictionary(channel => channel.Kind, StringComparer.Ordinal);

    /// <summary>True when sending it again cannot reach anybody twice.</summary>
    public bool IsIdempotent(OutreachRecord record) =>
        IsMail(record)
            ? mail.IsIdempotent
            : IsCard(record) || (_channels.TryGetValue(record.Channel, out var channel) && channel.IsIdempotent);

    /// <param name="record">What was claimed.</param>
    /// <param name="rendered">Its text.</param>
    /// <param name="recipient">The recipient's key.</param>
    /// <param name="date">When it was claimed: a mail sent again bears the same date.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    public async Task<SendOutcome> SendAsync(
        OutreachRecord record,
        RenderedMessage rendered,
        string recipient,
        DateTimeOffset date,
        CancellationToken cancellationToken
    )
    {
        if (!IsMail(record) && IsCard(record))
            return await cards.OfferAsync(record, cancellationToken);
        if (!IsMail(record))
        {
            return _channels.TryGetValue(record.Channel, out var channel)
                ? await channel.SendAsync(record, rendered, cancellationToken)
                : new SendOutcome(SendStatus.Refused, $"this host has no channel '{record.Channel}'");
        }
        try
        {
            var message = sandbox.Instead(composer.Mail(record, rendered, recipient, date));
            return sandbox.Instead(await mail.SendAsync(message, cancellationToken));
        }
        catch (InvalidMailException fault)
        {
            return new SendOutcome(SendStatus.Refused, fault.Message);
        }
    }

    private static bool IsCard(OutreachRecord record) => record.Channel == CustomerChannels.InApp;

    private bool IsMail(OutreachRecord record) => record.Channel == AlertChannels.Email || sandbox.IsOn;
}
