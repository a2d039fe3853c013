using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.State.Audit;
using Signals.Web.Ingestion;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>Write keys for scripts: which there are, a new one, and where one lives.</summary>
internal sealed class KeysApi(WriteKeyRows rows, WriteKeys keys, AuditLog audit, TimeProvider clock)
{
    private const int MaxBytes = 16 * 1024;

    public async Task ListAsync(HttpContext context)
    {
        var known = await rows.ListAsync(context.RequestAborted);
        await ApiAnswers.WriteAsync(
            context,
            new WriteKeysView([.. known.Select(key => WriteKeyView.Of(key))]),
            ApiJson.Default.WriteKeysView
        );
    }

    public async Task CreateAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        if (body.Name is not { } name)
            throw ApiRefusal.BadParameter("name", "nothing", $"1 to {WriteKeyRows.MaxNameChars} characters");
        var kind = KindOf(body);
        NewWriteKey made;
        try
        {
            made = await rows.CreateAsync(name, kind, context.RequestAborted);
        }
        catch (WriteKeyException refusal)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, refusal.Message);
        }
        await NoteAsync(context, "key.created", made.Key);
        context.Response.Headers.CacheControl = "no-store";
        await ApiAnswers.WriteAsync(
            context,
            WriteKeyView.Of(made.Key, made.Secret),
            ApiJson.Default.WriteKeyView,
            StatusCodes.Status201Created
        );
    }

    public async Task SetKindAsync(HttpContext context)
    {
        string id = context.Route("id");
        var kind = KindOf(await ReadAsync(context));
        var changed = await rows.SetKindAsync(id, kind, context.RequestAborted) ?? throw ApiRefusal.NotFound("valid key", id);
        await NoteAsync(context, "key.kind", changed);
        await ApiAnswers.WriteAsync(context, WriteKeyView.Of(changed), ApiJson.Default.WriteKeyView);
    }

    private async Task NoteAsync(HttpContext context, string what, WriteKey key)
    {
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), ApiCaller.Of(context).Name, what, key.Name, $"…{key.End}, {key.TakenAs.Name()}"),
            context.RequestAborted
        );
        await keys.RefreshAsync(context.RequestAborted);
    }

    private static WriteKeyKind KindOf(WriteKeyBody body) =>
        WriteKeyKinds.Of(body.Kind ?? "") ?? throw ApiRefusal.BadParameter("kind", body.Kind ?? "nothing", "browser or server");

    private static async Task<WriteKeyBody> ReadAsync(HttpContext context)
    {
        try
        {
            using var bytes = await RequestBody.ReadAsync(context.Request, MaxBytes, context.RequestAborted);
            if (JsonSerializer.Deserialize(bytes.Written.Span, ApiJson.Default.WriteKeyBody) is { } body)
                return body;
        }
        catch (JsonException) { }
        catch (IngestionRefusal refusal)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, refusal.Message);
        }
        throw ApiRefusal.BadParameter("the body", "something else", "a JSON object with \"kind\", and \"name\" for a new key");
    }
}

/// <summary>What a caller says of a key.</summary>
internal sealed record WriteKeyBody(string? Name, string? Kind);

internal sealed record WriteKeysView(IReadOnlyList<WriteKeyView> Items);

/// <summary>
/// A write key: <paramref name="Kind"/> is null where nobody has said it, <paramref name="Secret"/> the key itself, told once.
/// </summary>
internal sealed record WriteKeyView(
    string Id,
    string Name,
    string? Kind,
    string End,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndsAt,
    string? Secret
)
{
    public static WriteKeyView Of(WriteKey key, string? secret = null) =>
        new(key.Id, key.Name, key.Kind?.Name(), key.End, key.CreatedAt, key.EndsAt, secret);

    /// <summary>Never the key, so that it can't end in a log.</summary>
    public override string ToString() => $"{nameof(WriteKeyView)} {Id}";
}
