using System.Diagnostics;

namespace Signals.Testing.FunctionsHost;

/// <summary>
/// Sends a request to the worker's own web server and calls its web function beside it under the same id, as the host does; the answer
/// counts when both have ended.
/// </summary>
internal sealed class WorkerHttpHandler(FunctionsHostDouble host)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string invocation = Guid.NewGuid().ToString();
        request.Headers.Add("x-ms-invocation-id", invocation);
        var calling = host.InvokeHttpAsync(
            request.Method.Method,
            request.RequestUri ?? throw new UnreachableException(),
            invocation,
            cancellationToken
        );
        var response = await base.SendAsync(request, cancellationToken);
        await calling;
        return response;
    }
}
