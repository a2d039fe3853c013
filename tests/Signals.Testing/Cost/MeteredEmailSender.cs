using Signals.Core.Response.Mail;

namespace Signals.Testing.Cost;

/// <summary>Accepts every mail and counts it.</summary>
public sealed class MeteredEmailSender(BillingMeter meter) : IEmailSender
{
    public bool IsIdempotent => false;

    public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        meter.Count(BilledKind.Mail, "mail");
        return Task.FromResult(new SendOutcome(SendStatus.Accepted));
    }
}
