using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Api;

/// <summary>One message or alert with its mail.</summary>
internal sealed record OutreachView : OutreachItem
{
    public OutreachView(OutreachRecord record, RenderedMessage? message)
        : base(Of(record)) => (Preview, Message) = (record.Message is null, message);

    /// <summary>True when the mail has not left: it is shown as it would leave now, with a dead unsubscribe link.</summary>
    public bool Preview { get; }

    /// <summary>Null when the template can't be rendered.</summary>
    public RenderedMessage? Message { get; }
}
