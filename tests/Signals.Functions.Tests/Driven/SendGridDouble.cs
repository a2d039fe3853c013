using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signals.Functions.Tests.Driven;

/// <summary>SendGrid's v3 send on loopback: takes every mail and keeps it, but for the next ones that it is told to fail.</summary>
internal sealed class SendGridDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SendGridDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v3/mail/send", (RequestDelegate)TakeAsync);
    }

    /// <summary>The mails as they came, in order.</summary>
    public ConcurrentQueue<JsonElement> Mails { get; } = new();

    /// <summary>How the next mails fail, one each.</summary>
    public ConcurrentQueue<SendGridFault> Faults { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<SendGridDouble> StartAsync(CancellationToken cancellationToken)
    {
        var server = new SendGridDouble();
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>The subjects of the mails to an address.</summary>
    public IReadOnlyList<string> SubjectsTo(string address) =>
        [
            .. Mails
                .Where(mail => RecipientOf(mail) == address)
                .Select(mail =>
                    mail.TryGetProperty("subject", out var subject)
                        ? subject.GetString()!
                        : mail.GetProperty("personalizations")[0].GetProperty("subject").GetString()!
                ),
        ];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string? RecipientOf(JsonElement mail) =>
        mail.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString();

    private async Task TakeAsync(HttpContext context)
    {
        var fault = Faults.TryDequeue(out var next) ? next : SendGridFault.None;
        if (fault is SendGridFault.Busy or SendGridFault.Down)
        {
            context.Response.StatusCode =
                fault == SendGridFault.Busy ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
            return;
        }
        using var mail = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Mails.Enqueue(mail.RootElement.Clone());
        if (fault == SendGridFault.TakenAndCut)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = $"taken-{Mails.Count}";
    }
}

/// <summary>What becomes of a mail that fails.</summary>
internal enum SendGridFault
{
    None,

    /// <summary>Not taken, too many at once.</summary>
    Busy,

    /// <summary>Not taken, out of order.</summary>
    Down,

    /// <summary>Taken, and the connection breaks before the answer.</summary>
    TakenAndCut,
}
