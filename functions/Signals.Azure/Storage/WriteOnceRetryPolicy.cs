using Azure.Core;
using Azure.Core.Pipeline;

namespace Signals.Azure.Storage;

/// <summary>Tries reads again when that may help, and writes only when the service says that it did not do them.</summary>
/// <remarks>
/// Our writes are conditional. One that was done while its answer got lost would, tried again by the client, meet its own row and be
/// reported as somebody else's: a fold would count its events as duplicates, an outreach be taken for sent by another worker. Busy answers
/// (429, 503) are given before anything is written; a timeout of the service (500) says nothing of the kind.
/// </remarks>
internal sealed class WriteOnceRetryPolicy(int maxRetries, DelayStrategy delays) : RetryPolicy(maxRetries, delays)
{
    protected override bool ShouldRetry(HttpMessage message, Exception? fault) =>
        MayRepeat(message, fault) && base.ShouldRetry(message, fault);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? fault) =>
        MayRepeat(message, fault) && await base.ShouldRetryAsync(message, fault);

    private static bool MayRepeat(HttpMessage message, Exception? fault) =>
        message.Request.Method == RequestMethod.Get || (fault is null && message.HasResponse && message.Response.Status is 429 or 503);
}
