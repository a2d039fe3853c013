using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Signals.Core.Response.Webhooks;

/// <summary>Something that another system is told.</summary>
/// <param name="Type">One of <see cref="Model.WebhookEvents"/>.</param>
/// <param name="At">When it was so.</param>
/// <param name="Account">The account's id as the customer sent it; empty for a test.</param>
/// <param name="Data">What is told, as docs/webhooks.md lists it.</param>
public sealed record WebhookEvent(string Type, DateTimeOffset At, string Account, JsonObject Data)
{
    /// <summary>An event about an account.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="at">When it was so.</param>
    /// <param name="account">The account's id.</param>
    /// <param name="told">What is told of the account.</param>
    /// <param name="more">What is told beside it.</param>
    public static WebhookEvent Of(
        string type,
        DateTimeOffset at,
        string account,
        JsonObject told,
        params ReadOnlySpan<(string Name, JsonNode Value)> more
    )
    {
        var data = new JsonObject { ["account"] = told.DeepClone() };
        foreach (var (name, value) in more)
            data[name] = value;
        return new WebhookEvent(type, at, account, data);
    }
}

/// <summary>What happened at once in an account, and how far each endpoint is with it: a row of the account's partition.</summary>
/// <param name="Row">Its row key, which sorts by time.</param>
/// <param name="Events">In the order in which they are told.</param>
/// <param name="Progress">By the endpoint's id; nobody is told anything who is not in it.</param>
public sealed record WebhookBatch(string Row, IReadOnlyList<WebhookEvent> Events, IReadOnlyDictionary<string, WebhookProgress> Progress);

/// <summary>How far an endpoint is with a batch.</summary>
/// <param name="Next">The first event that it has not been told.</param>
/// <param name="Tries">How often that one failed.</param>
/// <param name="NotBefore">When to try again; null for at once.</param>
/// <param name="GaveUpAt">Since when nobody tries any more; null while somebody does.</param>
public sealed record WebhookProgress(int Next, int Tries = 0, DateTimeOffset? NotBefore = null, DateTimeOffset? GaveUpAt = null)
{
    public static readonly WebhookProgress None = new(0);

    public bool IsDone(WebhookBatch batch) => Next >= batch.Events.Count;
}

/// <summary>Source-generated contracts of what is stored and sent.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookBatch))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class WebhookJson : JsonSerializerContext;
