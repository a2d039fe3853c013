using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signals.Functions.Tests.Driven;

/// <summary>SendGrid's v3 send on loopback: takes every mail, and keeps it.</summary>
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
        using var mail = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Mails.Enqueue(mail.RootElement.Clone());
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = $"taken-{Mails.Count}";
    }
}
