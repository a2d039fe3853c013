using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Response.Delivery;

namespace Signals.Web.Webhooks;

/// <summary>
/// <c>POST /webhooks/sendgrid</c>: what became of mails. Only signed posts are read. SendGrid repeats a post for a day until it is answered
/// 2xx, so 503 loses nothing.
/// </summary>
internal sealed class SendGridWebhook(
    SendGridSignature signature,
    DeliveryReports reports,
    SeenPosts seen,
    TimeProvider clock,
    ILogger<SendGridWebhook> logger
)
{
    private static readonly SignedPosts Posts = new(
        "SendGrid",
        // SendGrid posts under a megabyte at a time.
        maxBodyBytes: 4 * 1024 * 1024,
        closed: "No verification key is set, so no event webhook is open here.",
        malformed: "The post is not a list of events",
        busy: "The store is busy; the same post will work in a moment."
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/webhooks/sendgrid",
                (HttpContext context) => context.RequestServices.GetRequiredService<SendGridWebhook>().HandleAsync(context)
            )
            .ExcludeFromDescription();

    private Task HandleAsync(HttpContext context) =>
        Posts.HandleAsync(
            context,
            signature.IsConfigured,
            body => Task.FromResult(Refusal(context.Request.Headers, body.Span)),
            body => ApplyAsync(context, body),
            logger
        );

    private string? Refusal(IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        signature.Refuse(headers[SendGridSignature.SignatureHeader], headers[SendGridSignature.TimestampHeader], body, clock.GetUtcNow());

    private async Task ApplyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        string stamp = context.Request.Headers[SendGridSignature.TimestampHeader].ToString();
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(stamp, CultureInfo.InvariantCulture));
        string post = SeenPosts.KeyOf([.. Encoding.ASCII.GetBytes(stamp), .. body.Span]);
        if (!await seen.WasAppliedAsync(post, signedAt, context.RequestAborted))
        {
            await reports.ApplyAsync(SendGridEvents.Read(body), context.RequestAborted);
            await seen.NoteAsync(post, signedAt, context.RequestAborted);
        }
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}

public static class SendGridWebhookExtensions
{
    /// <summary>Opens the event webhook to posts signed with one of the keys; see <see cref="SendGridSignature"/>.</summary>
    public static IServiceCollection AddSendGridWebhook(this IServiceCollection services, params IEnumerable<string> publicKeys)
    {
        services.AddSingleton(new SendGridSignature(publicKeys));
        return services;
    }
}
