using System.Net;
using System.Text;
using Azure.Core.Pipeline;

namespace Signals.Azure.Tests;

/// <summary>
/// Answers a client's HTTP requests one after another as a test says, and remembers them; a request that nobody expected fails.
/// </summary>
internal sealed class ScriptedTransport : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>Method, path and body of every request.</summary>
    public List<(string Method, string Path, string Body)> Requests { get; } = [];

    public HttpClientTransport ForAzure() => new(new HttpClient(this));

    public ScriptedTransport Answer(
        HttpStatusCode status,
        string body = "",
        string contentType = "application/json",
        params (string Name, string Value)[] headers
    )
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) };
            response.Content.Headers.Remove("Content-Type");
            response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });
        return this;
    }

    /// <summary>The request is read to its end, and then the connection breaks.</summary>
    public ScriptedTransport Break(Exception fault)
    {
        _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(fault));
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, request.RequestUri!.AbsolutePath, body));
        if (!_answers.TryDequeue(out var answer))
            throw new InvalidOperationException($"Nobody expected {request.Method} {request.RequestUri}.");
        return await answer(request);
    }
}
