using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signals.Core.Response.Mail;

namespace Signals.Web.Alerts;

/// <summary>
/// Posts JSON to a webhook, once, and tells what may be done next. It follows no redirect, reaches nothing inside a private network
/// unless a setting allows it, keeps no cookies, and names the address nowhere:
/// neither in what it returns nor in a log.
/// </summary>
public sealed class WebhookClient : IDisposable
{
    private const int MaxReasonChars = 200;
    private const int MaxReasonBytes = 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly HttpClient _client;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;

    public WebhookClient(WebhookOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = new PublicAddresses(options.PrivateNetworks).ConnectAsync,
            // Traces would carry the address.
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxReasonBytes };
    }

    /// <param name="url">The secret address; https, or this machine.</param>
    /// <param name="json">The body.</param>
    /// <param name="cancellationToken">Stops the post; its outcome is then unknown.</param>
    public Task<SendOutcome> PostAsync(string url, byte[] json, CancellationToken cancellationToken) =>
        PostAsync(url, json, "application/json", [], cancellationToken);

    /// <param name="url">The secret address; https, or this machine.</param>
    /// <param name="json">The body.</param>
    /// <param name="contentType">Some kind of JSON.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellationToken">Stops the post; its outcome is then unknown.</param>
    public async Task<SendOutcome> PostAsync(
        string url,
        byte[] json,
        string contentType,
        IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            return new SendOutcome(SendStatus.Refused, "the webhook's address is not https");
        using var late = new CancellationTokenSource(_options.Timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType) { CharSet = "utf-8" };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await OutcomeOfAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome(SendStatus.Unknown, $"no answer within {_options.Timeout.TotalSeconds:0.#} seconds");
        }
        catch (HttpRequestException fault) when (fault.InnerException is PrivateAddressException inside)
        {
            return new SendOutcome(SendStatus.Refused, inside.Message);
        }
        catch (HttpRequestException fault)
        {
            return
                fault.HttpRequestError
                    is HttpRequestError.NameResolutionError
                        or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError
                        or HttpRequestError.ProxyTunnelError
                ? new SendOutcome(SendStatus.Transient, $"not reached: {fault.HttpRequestError}")
                : new SendOutcome(SendStatus.Unknown, $"the connection broke: {fault.HttpRequestError}");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<SendOutcome> OutcomeOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new SendOutcome(SendStatus.Accepted);
        if (status is >= 300 and < 400)
            return new SendOutcome(SendStatus.Refused, $"{status}: it leads elsewhere, and webhooks do not follow");
        string reason = await ReasonOfAsync(response, cancellationToken);
        bool mayPass = status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        return new SendOutcome(
            mayPass ? SendStatus.Transient : SendStatus.Refused,
            $"{status} {reason}".TrimEnd(),
            RetryAfter: mayPass ? RetryAfter(response.Headers.RetryAfter) : null
        );
    }

    /// <summary>How long to wait, in the server's words, but never longer than an hour.</summary>
    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _clock.GetUtcNow() : null);
        return wait is not { } asked || asked <= TimeSpan.Zero ? null
            : asked < LongestWait ? asked
            : LongestWait;
    }

    /// <summary>The beginning of what the server said, on one line; what it may have quoted of the address is taken out.</summary>
    private static async Task<string> ReasonOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[MaxReasonBytes];
        int length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            for (int read = -1; read != 0 && length < bytes.Length; length += read)
                read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has told what matters.
            length = 0;
        }
        string text = ChatText.Line(Encoding.UTF8.GetString(bytes, 0, length));
        if (response.RequestMessage?.RequestUri?.PathAndQuery is { Length: > 1 } secret)
            text = text.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        return text.Length <= MaxReasonChars ? text : text[..MaxReasonChars];
    }
}
