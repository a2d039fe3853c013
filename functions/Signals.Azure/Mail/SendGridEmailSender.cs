using System.Net;
using Microsoft.Extensions.Logging;
using SendGrid;
using SendGrid.Helpers.Mail;
using Signals.Azure.Settings;
using Signals.Core.Platform.Telemetry;
using Signals.Core.Response.Mail;

namespace Signals.Azure.Mail;

/// <summary>Hands mails to SendGrid, each in one request that is never repeated in here.</summary>
public sealed partial class SendGridEmailSender(
    ISendGridClient client,
    SendGridSettings settings,
    TimeProvider clock,
    ILogger<SendGridEmailSender> logger
) : IEmailSender
{
    /// <summary>How long to rest after a fault of the account or the settings, which a person has to mend.</summary>
    private static readonly TimeSpan SettingRest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BusyRest = TimeSpan.FromSeconds(30);

    /// <summary>SendGrid takes the same mail twice.</summary>
    public bool IsIdempotent => false;

    /// <summary>
    /// Accepted on any 2xx. Refused when SendGrid finds fault with this mail. Transient when it surely was not sent and may be later:
    /// SendGrid is busy or broken, no connection came about, or the account or the key is at fault, for then it is no mail's own fault.
    /// Unknown when the request had begun to leave and no answer came, or a gateway gave up waiting for one.
    /// </summary>
    public async Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        SendGridMessage mail;
        try
        {
            mail = SendGridMail.Write(message, settings.Sandbox);
        }
        catch (InvalidMailException fault)
        {
            return new SendOutcome(SendStatus.Refused, fault.Message);
        }
        try
        {
            return await OutcomeAsync(await client.SendEmailAsync(mail, cancellationToken), cancellationToken);
        }
        catch (UnansweredRequestException fault) when (!fault.HasLeft)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new SendOutcome(SendStatus.Transient, $"No connection to SendGrid: {fault.Message}");
        }
        catch (Exception fault)
            when (fault is UnansweredRequestException or HttpRequestException or IOException or OperationCanceledException)
        {
            return new SendOutcome(SendStatus.Unknown, $"The mail left and SendGrid did not answer: {fault.Message}");
        }
    }

    private async Task<SendOutcome> OutcomeAsync(Response response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return new SendOutcome(SendStatus.Accepted, ProviderId: Header(response, "X-Message-Id"));
        string detail = $"SendGrid answered {(int)response.StatusCode}: {await SendGridErrors.ReadAsync(response.Body, cancellationToken)}";
        switch (response.StatusCode)
        {
            case HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity:
                return new SendOutcome(SendStatus.Refused, detail);
            case HttpStatusCode.GatewayTimeout:
                return new SendOutcome(SendStatus.Unknown, detail);
            case HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                return new SendOutcome(SendStatus.Transient, detail, RetryAfter: RetryAfter(response));
            default:
                SignalsMetrics.RecordBlockedMail();
                Log.NotOurs(logger, detail, AzureSettings.SendGridKeySetting, settings.Endpoint ?? SendGridSettings.DefaultEndpoint);
                return new SendOutcome(SendStatus.Transient, detail, RetryAfter: SettingRest);
        }
    }

    /// <summary>What the answer says; SendGrid's own way is the moment at which its counters start anew.</summary>
    private TimeSpan RetryAfter(Response response)
    {
        var now = clock.GetUtcNow();
        TimeSpan? rest = null;
        if (response.Headers?.RetryAfter is { } asked)
            rest = asked.Delta ?? asked.Date - now;
        else if (long.TryParse(Header(response, "X-RateLimit-Reset"), out long second) && second is > 0 and < 253402300800)
            rest = DateTimeOffset.FromUnixTimeSeconds(second) - now;
        return rest is { } given && given > TimeSpan.Zero ? (given < TimeSpan.FromHours(1) ? given : TimeSpan.FromHours(1)) : BusyRest;
    }

    private static string? Header(Response response, string name) =>
        response.Headers is { } headers && headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "No mail can be sent: {Detail} Check {Setting}, the account's credit and senders, and the address {Endpoint}. Mails wait until "
                + "then."
        )]
        public static partial void NotOurs(ILogger logger, string detail, string setting, Uri endpoint);
    }
}
