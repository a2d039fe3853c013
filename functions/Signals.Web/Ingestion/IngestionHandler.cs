using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.CloudEvents;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Web.Security;

namespace Signals.Web.Ingestion;

/// <summary>Takes one request from its bytes to its answer.</summary>
/// <remarks>
/// The SDKs delete what was answered with 4xx other than 429, so that only what can never be taken is answered so; whatever may
/// pass is 503 with <c>Retry-After</c>.
/// </remarks>
internal sealed partial class IngestionHandler(
    IngestionService ingestion,
    IntakeGates gates,
    IngestionOptions options,
    IWriteKeys writeKeys,
    IntakeRules rules,
    TimeProvider clock,
    ILogger<IngestionHandler> logger,
    PublicAddress? address = null
)
{
    private const string StrictModeHeader = "X-Strict-Mode";
    private const int ClientClosedRequest = 499;

    /// <summary>What Event Grid asks before it sends anything, which needs no key, is far shorter.</summary>
    private const int MaxKeylessCloudEventBytes = EventLimits.MaxEventBytes;

    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    private readonly BodyBudget _bodies = new(options.MaxBodyBytes, options.RetryAfter);
    private readonly BodyBudget _keylessBodies = new(options.MaxKeylessBodyBytes, options.RetryAfter);

    public Task TakeSingleAsync(HttpContext context, EventType route) =>
        TakeAsync(
            context,
            gates.Single,
            EventLimits.MaxEventBytes,
            (body, now) => ReadSegmentAsync(context, EventEnvelope.ReadSingle(route, body, rules), now, imported: false)
        );

    public Task TakeBatchAsync(HttpContext context) =>
        TakeAsync(
            context,
            gates.Many,
            EventLimits.MaxBatchBytes,
            (body, now) => ReadSegmentAsync(context, EventEnvelope.ReadBatch(body, EventLimits.MaxBatchEvents, rules), now, imported: false)
        );

    /// <summary>Segment's earlier name for a batch, which some of its libraries still send what happens to.</summary>
    public Task TakeImportAsync(HttpContext context) =>
        TakeAsync(
            context,
            gates.Many,
            EventLimits.MaxImportBytes,
            (body, now) =>
                ReadSegmentAsync(context, EventEnvelope.ReadBatch(body, EventLimits.MaxImportEvents, rules), now, imported: false)
        );

    /// <summary>
    /// History: a batch, or whatever else <c>signals import</c> reads, as large as a batch may be. Its key is in the header.
    /// </summary>
    public Task TakeHistoryAsync(HttpContext context) =>
        TakeAsync(
            context,
            gates.Many,
            EventLimits.MaxImportBytes,
            async (body, now) =>
            {
                if (HistoryBody.IsBatch(body.Span))
                    return await ReadSegmentAsync(
                        context,
                        EventEnvelope.ReadBatch(body, EventLimits.MaxImportEvents, rules),
                        now,
                        imported: true
                    );
                string? key = HeaderKey(context.Request);
                var kind = await RequireKeyAsync(key, context.RequestAborted);
                var said = new HistoryOptions(QueryOf(context, "map"), QueryOf(context, "group"));
                return ToldBy(kind, WithoutKey(await HistoryBody.ReadAsync(body, now, rules, said, context.RequestAborted), key));
            },
            maxKeylessBytes: 0
        );

    private static string? QueryOf(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public Task TakeCloudEventsAsync(HttpContext context) =>
        TakeAsync(
            context,
            gates.Many,
            EventLimits.MaxImportBytes,
            async (body, now) =>
            {
                var kind = await RequireKeyAsync(HeaderKey(context.Request), context.RequestAborted);
                return ToldBy(kind, CloudEventRequest.Read(context.Request, body, now, rules));
            },
            EventGridSchema.ValidationCode,
            MaxKeylessCloudEventBytes
        );

    /// <summary>What RudderStack's library sends while its page goes away, where no header can be set: its key is in the query.</summary>
    public Task TakeBeaconAsync(HttpContext context) =>
        TakeAsync(
            context,
            gates.Many,
            EventLimits.MaxBatchBytes,
            (body, now) =>
                ReadSegmentAsync(
                    context,
                    EventEnvelope.ReadBatch(body, EventLimits.MaxBatchEvents, rules),
                    now,
                    imported: false,
                    QueryKey(context.Request)
                )
        );

    /// <summary>What Segment's libraries ask before they send anything.</summary>
    public Task AnswerSegmentSettingsAsync(HttpContext context) =>
        AnswerSettingsAsync(
            context,
            (string?)context.Request.RouteValues["writeKey"],
            writeKey => SdkSettings.Segment(writeKey, SdkAddress.Of(context.Request, address))
        );

    /// <summary>What RudderStack's libraries ask before they send anything.</summary>
    public Task AnswerRudderStackSettingsAsync(HttpContext context) =>
        AnswerSettingsAsync(context, QueryKey(context.Request) ?? HeaderKey(context.Request), SdkSettings.RudderStack);

    private async Task AnswerSettingsAsync(HttpContext context, string? writeKey, Func<string, ReadOnlyMemory<byte>> settings)
    {
        CrossOrigin.Allow(context);
        try
        {
            await RequireKeyAsync(writeKey, context.RequestAborted);
        }
        catch (Exception fault) when (Refusal(fault) is { } refusal)
        {
            await IngestionAnswers.WriteRefusalAsync(context, refusal);
            return;
        }
        context.Response.ContentType = "application/json";
        // The address in it is that of whoever asks.
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(settings(writeKey!), context.RequestAborted);
    }

    private async Task TakeAsync(
        HttpContext context,
        IntakeGate gate,
        int maxBytes,
        Func<Memory<byte>, DateTimeOffset, ValueTask<ReadEvents>> read,
        Func<ReadOnlySpan<byte>, string?>? validationCode = null,
        int? maxKeylessBytes = null
    )
    {
        CrossOrigin.Allow(context);
        try
        {
            // A key in the header is judged before a byte of the body is read, and so is whether there is room.
            string? headerKey = HeaderKey(context.Request);
            if (headerKey is not null || maxKeylessBytes is 0 || context.Request.ContentLength > maxKeylessBytes)
                await RequireKeyAsync(headerKey, context.RequestAborted);
            if (!gate.TryCome(context.Request.ContentLength, out var place, out var retryAfter))
            {
                await IngestionAnswers.WriteRefusalAsync(context, IngestionRefusal.Busy(retryAfter));
                return;
            }
            using var given = place;
            var receivedAt = clock.GetUtcNow();
            using var share = (headerKey is null ? _keylessBodies : _bodies).Begin();
            using var body = await RequestBody.ReadAsync(
                context.Request,
                headerKey is null ? maxKeylessBytes ?? maxBytes : maxBytes,
                context.RequestAborted,
                share
            );
            if (validationCode?.Invoke(body.Written.Span) is { } code)
            {
                await IngestionAnswers.WriteValidationAsync(context, code);
                return;
            }
            await place.EnterAsync(body.Length, context.RequestAborted);
            var events = await read(body.Written, receivedAt);
            if (events.Faults.Count > 0 && IsStrict(context.Request))
            {
                await IngestionAnswers.WriteFaultsAsync(context, events.Faults, events.Faults.Count + events.Batch.Events.Count);
                return;
            }
            // Packed when it returns.
            var accepted = ingestion.AcceptAsync(events.Batch, context.RequestAborted);
            place.EndTurn();
            await accepted;
            await IngestionAnswers.WriteSuccessAsync(context);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more; the sender counts the request as failed and sends again.
            Log.Left(logger, context.Request.Path);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception fault) when (Refusal(fault) is { } refusal)
        {
            Log.Refused(logger, context.Request.Path, refusal.Status, refusal.Message);
            await IngestionAnswers.WriteRefusalAsync(context, refusal);
        }
    }

    private async ValueTask<ReadEvents> ReadSegmentAsync(
        HttpContext context,
        EventEnvelope envelope,
        DateTimeOffset receivedAt,
        bool imported,
        string? queryKey = null
    )
    {
        string? key = HeaderKey(context.Request) ?? envelope.WriteKey ?? queryKey;
        var kind = await RequireKeyAsync(key, context.RequestAborted);
        return ToldBy(kind, WithoutKey(EventReader.Read(envelope, receivedAt, imported), key));
    }

    /// <summary>What could not be understood is kept as it came, for people to read: the key that it came with is not for them.</summary>
    private static ReadEvents WithoutKey(ReadEvents events, string? key) =>
        events.Batch.Quarantined.Count == 0 || string.IsNullOrEmpty(key)
            ? events
            : events with
            {
                Batch = events.Batch with
                {
                    Quarantined =
                    [
                        .. events.Batch.Quarantined.Select(odd => odd with { Raw = odd.Raw.Replace(key, "…", StringComparison.Ordinal) }),
                    ],
                },
            };

    private static ReadEvents ToldBy(WriteKeyKind kind, ReadEvents events) =>
        kind == WriteKeyKind.Browser ? events with { Batch = events.Batch.FromBrowser() } : events;

    private static string? HeaderKey(HttpRequest request) => Credentials.BasicUser(request) ?? Credentials.BearerToken(request);

    private static string? QueryKey(HttpRequest request) => request.Query["writeKey"] is [{ Length: > 0 } key] ? key : null;

    private static bool IsStrict(HttpRequest request) => request.Headers[StrictModeHeader].ToString() is "1" or "true";

    private async ValueTask<WriteKeyKind> RequireKeyAsync(string? writeKey, CancellationToken cancellationToken)
    {
        if (writeKey is null)
            throw IngestionRefusal.UnknownKey(writeKey);
        try
        {
            return await writeKeys.KindOfAsync(writeKey, cancellationToken) ?? throw IngestionRefusal.UnknownKey(writeKey);
        }
        catch (Exception fault) when (fault is not (IngestionRefusal or TransientStoreException or OperationCanceledException))
        {
            // A store that is broken says nothing of the key: the sender keeps its events and comes again.
            throw new TransientStoreException("The write keys cannot be read.", fault);
        }
    }

    private static IngestionRefusal? Refusal(Exception fault) =>
        fault switch
        {
            IngestionRefusal refusal => refusal,
            MalformedBodyException => IngestionRefusal.BadRequest(fault.Message, fault),
            TransientStoreException transient => IngestionRefusal.Busy(transient.RetryAfter ?? DefaultRetryAfter, fault),
            // 408 would be the word for it, but some SDKs delete what was answered so.
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new IngestionRefusal(
                StatusCodes.Status503ServiceUnavailable,
                "The body came too slowly; send it again.",
                fault
            )
            {
                RetryAfter = DefaultRetryAfter,
            },
            BadHttpRequestException => IngestionRefusal.BadRequest($"The request cannot be read: {fault.Message}", fault),
            _ => null,
        };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Refused {Path} with {Status}: {Detail}")]
        public static partial void Refused(ILogger logger, string path, int status, string detail);

        [LoggerMessage(2, LogLevel.Debug, "The sender of {Path} left before the answer.")]
        public static partial void Left(ILogger logger, string path);
    }
}
