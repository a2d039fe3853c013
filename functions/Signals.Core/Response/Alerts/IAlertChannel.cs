using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Alerts;

/// <summary>Carries alerts to the team over one kind of channel, each once: it never retries, the caller decides by the outcome.</summary>
public interface IAlertChannel
{
    /// <summary>One of <see cref="AlertChannels"/>.</summary>
    string Kind { get; }

    /// <summary>True when sending the same outreach again cannot reach anybody twice.</summary>
    bool IsIdempotent { get; }

    /// <summary>Tells what happened as a mail provider's answer is told; throws only when cancelled.</summary>
    Task<SendOutcome> SendAsync(OutreachRecord record, RenderedMessage message, CancellationToken cancellationToken);
}
