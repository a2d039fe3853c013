using Microsoft.AspNetCore.Http;

namespace Signals.Web.Ingestion;

/// <summary>A request that is not taken, and the answer it gets. The detail is meant for whoever wrote the sender.</summary>
internal sealed class IngestionRefusal(int status, string detail, Exception? inner = null) : Exception(detail, inner)
{
    public int Status { get; } = status;

    public TimeSpan? RetryAfter { get; init; }

    public static IngestionRefusal BadRequest(string detail, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, detail, inner);

    /// <summary>Too large is 400 here as it is at Segment: senders know that one.</summary>
    public static IngestionRefusal TooLarge(int maxBytes) =>
        BadRequest($"The body is larger than {maxBytes} bytes (decompressed); expected at most {maxBytes}.");

    /// <summary>Nothing was taken, and the same can be sent again.</summary>
    public static IngestionRefusal Busy(TimeSpan retryAfter, Exception? inner = null) =>
        new(StatusCodes.Status503ServiceUnavailable, "The events could not be stored just now; send the same again.", inner)
        {
            RetryAfter = retryAfter,
        };

    public static IngestionRefusal UnknownKey(string? writeKey) =>
        new(
            StatusCodes.Status401Unauthorized,
            writeKey is null
                ? "Found no write key; expected one as Basic user name, as Bearer token, or as 'writeKey' in the body."
                : "The write key is not known here."
        );
}
