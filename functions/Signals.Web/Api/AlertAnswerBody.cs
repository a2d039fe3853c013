using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Signals.Core.Response.Alerts;
using Signals.Web.Ingestion;

namespace Signals.Web.Api;

/// <summary>
/// What a caller says with an answer; a body that is absent or empty says nothing. All of it throws <see cref="ApiRefusal"/>.
/// </summary>
internal sealed class AlertAnswerBody
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>An escape such as <c>\ud800</c> alone, which JSON allows and no text can hold.</summary>
    private const string HalfCharacter = "half of a character";

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    /// <summary>In the caller's words, or null.</summary>
    public string? Note => Text("note", AlertAnswer.MaxNoteChars);

    /// <summary>Reads an object that has no members but these.</summary>
    public static async Task<AlertAnswerBody> ReadAsync(HttpRequest request, IReadOnlyList<string> expected)
    {
        var body = new AlertAnswerBody();
        try
        {
            using var bytes = await RequestBody.ReadAsync(request, MaxBytes, request.HttpContext.RequestAborted);
            if (bytes.Length == 0)
                return body;
            if (!Utf8.IsValid(bytes.Written.Span))
                throw Refusal("the body", "bytes that are not UTF-8", "text in UTF-8");
            using var document = JsonDocument.Parse(bytes.Written);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Refusal("the body", document.RootElement.ValueKind.ToString(), "an object");
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!expected.Contains(member.Name, StringComparer.Ordinal))
                    throw Refusal(member.Name, "an unknown member", "one of " + string.Join(", ", expected));
                if (member.Value.ValueKind != JsonValueKind.Null)
                    body._members[member.Name] = member.Value.Clone();
            }
            return body;
        }
        catch (JsonException)
        {
            throw Refusal("the body", "something that is no JSON", "an object with " + string.Join(", ", expected));
        }
        catch (InvalidOperationException)
        {
            throw Refusal("the body", HalfCharacter, "names that are text");
        }
        catch (IngestionRefusal refusal)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, refusal.Message);
        }
    }

    /// <summary>When a snooze ends: a moment, or so many hours from now; exactly one of them.</summary>
    public DateTimeOffset UntilFrom(DateTimeOffset now)
    {
        if (_members.ContainsKey("until") == _members.ContainsKey("hours"))
            throw Refusal(
                "until",
                _members.ContainsKey("until") ? "\"until\" and \"hours\"" : "nothing",
                "either \"until\", a moment such as 2026-03-05T09:00:00Z, or \"hours\""
            );
        if (_members.TryGetValue("hours", out var hours))
        {
            return
                hours.ValueKind == JsonValueKind.Number
                && hours.TryGetDouble(out double count)
                && count is > 0 and <= 24 * AlertBook.MaxSnoozeDays
                ? now.AddHours(count)
                : throw Refusal("hours", hours.GetRawText(), $"a number above 0 and at most {24 * AlertBook.MaxSnoozeDays}");
        }
        return DateTimeOffset.TryParseExact(
            Text("until", 40),
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var until
        )
            ? until
            : throw Refusal("until", Text("until", 40)!, "a moment with its offset such as 2026-03-05T09:00:00Z");
    }

    public string RequiredReason() =>
        Text("reason", 40) ?? throw Refusal("reason", "nothing", "one of " + string.Join(", ", AlertReasons.OfPeople));

    private string? Text(string name, int maxChars)
    {
        if (!_members.TryGetValue(name, out var member))
            return null;
        if (member.ValueKind != JsonValueKind.String)
            throw Refusal(name, member.ValueKind.ToString(), "text");
        string text;
        try
        {
            text = member.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refusal(name, HalfCharacter, "text");
        }
        return text.Length <= maxChars ? text : throw Refusal(name, $"{text.Length} characters", $"at most {maxChars}");
    }

    private static ApiRefusal Refusal(string name, string found, string expected) => ApiRefusal.BadParameter(name, found, expected);
}
