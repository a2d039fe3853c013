using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Reads texts that may be given once for all languages, or in an object with one for each: <c>{ "en": "...", "fr": "..." }</c>.
/// </summary>
internal static class LocalTexts
{
    private static readonly LocalText Unread = new("");

    public static LocalText? ReadText(this ObjectReader reader, string name, Expected<string> expected)
    {
        reader.Tell(name, () => Schema(expected));
        return reader.Find(name) is { } found ? reader.TextOf(found, expected) : null;
    }

    public static LocalText RequireText(this ObjectReader reader, string name, Expected<string> expected)
    {
        reader.Tell(name, () => Schema(expected), required: true);
        if (reader.Find(name) is { } found)
            return reader.TextOf(found, expected) ?? Unread;
        reader.Require(name, expected, "");
        return Unread;
    }

    /// <summary>A list of such texts; null when it is absent or no list.</summary>
    public static IReadOnlyList<LocalText>? RequireTexts(this ObjectReader reader, string name, Expected<string> expected)
    {
        reader.Tell(name, () => ModelShape.ListOf(Schema(expected), required: true), required: true);
        var seen = new HashSet<LocalText>();
        return reader.Items(
            name,
            $"a list, each {expected.Description}",
            found =>
            {
                var text = reader.TextOf(found, expected);
                if (text is not null && !seen.Add(text))
                    reader.RefuseEntry(found, $"{found.Node.Describe()} a second time", "each value once");
                return text;
            },
            required: true
        );
    }

    private static JsonObject Schema(Expected<string> expected)
    {
        var byLanguage = new JsonObject();
        foreach (string language in MessageLanguages.All)
            byLanguage[language] = expected.Schema();
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                expected.Schema(),
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = byLanguage,
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                }
            ),
        };
    }

    private static string Described(Expected<string> expected) =>
        $"{expected.Description}, or one for each language, such as {{ \"en\": \"...\", \"fr\": \"...\" }}";

    private static LocalText? TextOf(this ObjectReader reader, Place found, Expected<string> expected)
    {
        if (found.Node.Kind == JsonValueKind.Object)
            return reader.Nested(found, "an object", texts => ByLanguage(texts, found, expected));
        if (expected.TryRead(found.Node, out string text))
            return text;
        reader.RefuseEntry(found, found.Node.Describe(), Described(expected));
        return null;
    }

    private static LocalText? ByLanguage(ObjectReader texts, Place found, Expected<string> expected)
    {
        var given = MessageLanguages
            .All.Where(texts.Has)
            .ToDictionary(language => language, language => texts.Read(language, expected, ""), StringComparer.Ordinal);
        if (given.Count == 0)
        {
            texts.Refuse("a text in no language", $"one for each of {string.Join(", ", MessageLanguages.All.Select(ModelNode.Quote))}");
            return null;
        }
        texts.References.Speak(found, [.. given.Keys]);
        return new LocalText(given);
    }
}
