using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Signals.Web.Alerts;

/// <summary>
/// What Slack says of a click: the form field <c>payload</c>, which holds JSON. Source: Slack, "block_actions payload".
/// </summary>
/// <param name="Type">What was done; clicks on buttons are <c>block_actions</c>.</param>
/// <param name="ActionId">The button's name.</param>
/// <param name="Value">What it carries.</param>
/// <param name="UserId">Who clicked.</param>
/// <param name="UserName">The name by which they sign in; empty where it is none.</param>
/// <param name="ResponseUrl">Where the message can be changed.</param>
/// <param name="Blocks">The message as it stands; null where the post does not hold it.</param>
internal sealed partial record SlackPayload(
    string? Type,
    string? ActionId,
    string? Value,
    string UserId,
    string UserName,
    string? ResponseUrl,
    JsonArray? Blocks
)
{
    /// <summary>Who answers, as it stands with the alert and in the audit trail. The id alone is sure: people change their names.</summary>
    public string By => UserName.Length == 0 ? $"Slack {UserId}" : $"{UserName} (Slack {UserId})";

    /// <exception cref="InvalidDataException">The body is not a form with such a payload.</exception>
    public static SlackPayload Read(ReadOnlySpan<byte> body)
    {
        try
        {
            string? text = new FormReader(Encoding.UTF8.GetString(body)).ReadForm().GetValueOrDefault("payload");
            if (string.IsNullOrEmpty(text) || JsonNode.Parse(text) is not JsonObject payload)
                throw new InvalidDataException("found no field payload with an object of JSON");
            var action = (payload["actions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
            var user = payload["user"] as JsonObject;
            return new SlackPayload(
                Text(payload, "type"),
                Text(action, "action_id"),
                Text(action, "value"),
                Text(user, "id") is { } id && IdShape().IsMatch(id) ? id : throw new InvalidDataException("found no id of a user"),
                (Text(user, "username") ?? Text(user, "name")) is { } name && NameShape().IsMatch(name) ? name : "",
                Text(payload, "response_url"),
                (payload["message"] as JsonObject)?["blocks"] as JsonArray
            );
        }
        // A name that stands twice in an object is told by ArgumentException, and only when the object is read.
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new InvalidDataException("the payload is no JSON", fault);
        }
    }

    /// <summary>A member that is a text; null for anything else, half a character among it.</summary>
    public static string? Text(JsonObject? of, string name)
    {
        try
        {
            return of?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[A-Z0-9]{1,30}$", RegexOptions.NonBacktracking)]
    private static partial Regex IdShape();

    [GeneratedRegex(@"^[\p{L}\p{N}._-]{1,80}$", RegexOptions.NonBacktracking)]
    private static partial Regex NameShape();
}
