using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Delivery;
using Signals.Web.Api;
using Signals.Web.Ingestion;

namespace Signals.Web.Webhooks;

/// <summary>
/// <c>POST /webhooks/sendgrid</c>: what became of mails. Only signed posts are read. SendGrid repeats a post for a day until it is answered
/// 2xx, so 503 loses nothing.
/// </summary>
internal sealed partial class SendGridWebhook(
    SendGridSignature signature,
    DeliveryReports reports,
    SeenPosts seen,
    TimeProvider clock,
    ILogger<SendGridWebhook> logger
)
{
    /// <summary>SendGrid posts under a megabyte at a time.</summary>
    private const int MaxBodyBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/webhooks/sendgrid",
                (HttpContext context) => context.RequestServices.GetRequiredService<SendGridWebhook>().HandleAsync(context)
            )
            .ExcludeFromDescription();

    private async Task HandleAsync(HttpContext context)
    {
        if (!signature.IsConfigured)
        {
            await ApiProblem.WriteAsync(
                context,
                StatusCodes.Status404NotFound,
                "No verification key is set, so no event webhook is open here."
            );
            return;
        }
        try
        {
            using var body = await RequestBody.ReadAsync(context.Request, MaxBodyBytes, context.RequestAborted);
            var headers = context.Request.Headers;
            string? refusal = signature.Refuse(
                headers[SendGridSignature.SignatureHeader],
                headers[SendGridSignature.TimestampHeader],
                body.Written.Span,
                clock.GetUtcNow()
            );
            if (refusal is not null)
            {
                LogRefused(logger, refusal);
                await ApiProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, refusal);
                return;
            }
            string stamp = headers[SendGridSignature.TimestampHeader].ToString();
            var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(stamp, CultureInfo.InvariantCulture));
            string post = SeenPosts.KeyOf([.. Encoding.ASCII.GetBytes(stamp), .. body.Written.Span]);
            if (!await seen.WasAppliedAsync(post, signedAt, context.RequestAborted))
            {
                await reports.ApplyAsync(SendGridEvents.Read(body.Written), context.RequestAborted);
                await seen.NoteAsync(post, signedAt, context.RequestAborted);
            }
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (IngestionRefusal refusal)
        {
            await ApiProblem.WriteAsync(context, refusal.Status, refusal.Message);
        }
        catch (JsonException fault)
        {
            await ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, $"The post is not a list of events: {fault.Message}");
        }
        catch (TransientStoreException fault)
        {
            double seconds = Math.Ceiling((fault.RetryAfter ?? UsualRetryAfter).TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await ApiProblem.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The store is busy; the same post will work in a moment."
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A post to the SendGrid webhook was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
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
