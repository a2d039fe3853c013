using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Web.Api;
using Signals.Web.Ingestion;

namespace Signals.Web.Webhooks;

/// <summary>
/// The shell around posts that another service signs: 404 until its key is set, 401 with the reason for what it did not sign, 400 for what
/// cannot be read, 503 with a time to come back while the store is busy.
/// </summary>
/// <param name="service">Who signs, for the log.</param>
/// <param name="maxBodyBytes">What is longer is refused with 400.</param>
/// <param name="closed">What a post hears while no key is set.</param>
/// <param name="malformed">What a post that cannot be read is not.</param>
/// <param name="busy">What a post hears while the store is busy.</param>
internal sealed partial class SignedPosts(string service, int maxBodyBytes, string closed, string malformed, string busy)
{
    private static readonly TimeSpan UsualRetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// <paramref name="verify"/> sees the bytes as they came, and is null for a post that the service signed, else why it is refused;
    /// <paramref name="apply"/> does what the post says, and throws <see cref="JsonException"/> or <see cref="InvalidDataException"/>
    /// where it cannot be read.
    /// </summary>
    public async Task HandleAsync(
        HttpContext context,
        bool isOpen,
        Func<ReadOnlyMemory<byte>, Task<string?>> verify,
        Func<ReadOnlyMemory<byte>, Task> apply,
        ILogger logger
    )
    {
        if (!isOpen)
        {
            await ApiProblem.WriteAsync(context, StatusCodes.Status404NotFound, closed);
            return;
        }
        try
        {
            using var body = await RequestBody.ReadAsync(context.Request, maxBodyBytes, context.RequestAborted);
            if (await verify(body.Written) is { } refusal)
            {
                LogRefused(logger, service, refusal);
                await ApiProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, refusal);
                return;
            }
            await apply(body.Written);
        }
        catch (IngestionRefusal refusal)
        {
            await ApiProblem.WriteAsync(context, refusal.Status, refusal.Message);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            await ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, $"{malformed}: {fault.Message}");
        }
        catch (TransientStoreException fault)
        {
            double seconds = Math.Ceiling((fault.RetryAfter ?? UsualRetryAfter).TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await ApiProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, busy);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A post to the address of {Service} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string service, string reason);
}
