using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signals.Azure.Tests.Mail;

/// <summary>
/// SendGrid's v3 send on loopback as it must not be, but may: at random it is busy or broken, refuses a mail, hangs up, or takes a mail and
/// never says so. It keeps a ledger of what it took.
/// </summary>
internal sealed class HostileSendGrid : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly CancellationTokenSource _stop = new();

    private HostileSendGrid(int seed)
    {
        _random = new Random(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v3/mail/send", (RequestDelegate)AnswerAsync);
    }

    /// <summary>How many times each outreach was taken, whether or not its sender was told.</summary>
    public ConcurrentDictionary<string, int> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>How many mails for each outreach came whole.</summary>
    public ConcurrentDictionary<string, int> Came { get; } = new(StringComparer.Ordinal);

    public Uri Address => new(_app.Urls.Single());

    public static async Task<HostileSendGrid> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var server = new HostileSendGrid(seed);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        double chance = Chance();
        if (chance < 5)
        {
            // Hangs up with the mail still on its way.
            context.Abort();
            return;
        }
        using var mail = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        string id = mail.RootElement.GetProperty("custom_args").GetProperty("signals_outreach").GetString()!;
        Came.AddOrUpdate(id, 1, static (_, count) => count + 1);
        int status = chance switch
        {
            < 10 => 429,
            < 13 => 500,
            < 16 => 503,
            < 20 => 400,
            < 22 => 413,
            _ => 202,
        };
        context.Response.StatusCode = status;
        if (status == 202)
            Taken.AddOrUpdate(id, 1, static (_, count) => count + 1);
        switch (chance)
        {
            case > 98:
                context.Abort();
                return;
            case > 97:
                await Task.Delay(Timeout.Infinite, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case > 96:
                context.Response.StatusCode = (int)HttpStatusCode.GatewayTimeout;
                return;
            default:
                await context.Response.Body.WriteAsync(
                    Encoding.UTF8.GetBytes(status == 202 ? "" : """{"errors":[{"message":"as it happens"}]}"""),
                    context.RequestAborted
                );
                return;
        }
    }

    /// <summary>0 to 100.</summary>
    private double Chance()
    {
        lock (_gate)
            return _random.NextDouble() * 100;
    }
}
