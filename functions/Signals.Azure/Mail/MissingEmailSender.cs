using Microsoft.Extensions.Logging;
using Signals.Azure.Settings;
using Signals.Azure.Telemetry;
using Signals.Core.Response.Mail;

namespace Signals.Azure.Mail;

/// <summary>
/// In the place of SendGrid while no key is set: right for a dry run. Of a model that went live too early, mails wait and expire.
/// </summary>
public sealed partial class MissingEmailSender(ILogger<MissingEmailSender> logger) : IEmailSender
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>A mail that left while there was a key, and whose fate is not known, is not to be planned again by this one.</summary>
    public bool IsIdempotent => false;

    public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        AzureMetrics.RecordBlockedMail();
        Log.NoKey(logger, AzureSettings.SendGridKeySetting);
        return Task.FromResult(new SendOutcome(SendStatus.Transient, $"{AzureSettings.SendGridKeySetting} is not set", RetryAfter: Rest));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "No mail can be sent: {Setting} is not set. Mails wait until then.")]
        public static partial void NoKey(ILogger logger, string setting);
    }
}
