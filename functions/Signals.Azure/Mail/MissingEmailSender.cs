using Microsoft.Extensions.Logging;
using Signals.Azure.Settings;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Response.Mail;

namespace Signals.Azure.Mail;

/// <summary>
/// In the place of a mail service while none is set: right for a dry run. Of a model that went live too early, mails wait and expire.
/// </summary>
public sealed partial class MissingEmailSender(ILogger<MissingEmailSender> logger) : IEmailSender
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>A mail that left while there was a service, and whose fate is not known, is not to be planned again by this one.</summary>
    public bool IsIdempotent => false;

    public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        SignalsMetrics.RecordBlockedMail();
        Log.NoService(logger, AzureSettings.SendGridKeySetting, AzureSettings.SmtpHostSetting);
        string detail = $"neither {AzureSettings.SendGridKeySetting} nor {AzureSettings.SmtpHostSetting} is set";
        return Task.FromResult(new SendOutcome(SendStatus.Transient, detail, RetryAfter: Rest));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "No mail can be sent: neither {SendGrid} nor {Smtp} is set. Mails wait until then.")]
        public static partial void NoService(ILogger logger, string sendGrid, string smtp);
    }
}
