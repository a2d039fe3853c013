using System.Text.Json;

namespace Signals.Azure.Mail;

/// <summary>Reads why SendGrid did not take a mail: <c>{"errors":[{"message","field"}]}</c>.</summary>
internal static class SendGridErrors
{
    private const int MaxChars = 500;

    /// <summary>The messages with the fields they are about; never fails for what the body holds.</summary>
    public static async Task<string> ReadAsync(HttpContent? body, CancellationToken cancellationToken)
    {
        if (body is null)
            return "no reason given.";
        byte[] bytes = await body.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("errors", out var errors)
                || errors.ValueKind != JsonValueKind.Array
            )
                return "no reason that can be read.";
            string text = string.Join(
                " ",
                errors.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.Object).Select(Sentence)
            );
            return text.Length switch
            {
                0 => "no reason given.",
                > MaxChars => text[..MaxChars],
                _ => text,
            };
        }
        catch (JsonException)
        {
            return "no reason that can be read.";
        }
    }

    private static string Sentence(JsonElement error)
    {
        string message = Text(error, "message") ?? "no reason";
        return (Text(error, "field") is { } field ? $"{message} ({field})" : message).TrimEnd('.') + ".";
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
