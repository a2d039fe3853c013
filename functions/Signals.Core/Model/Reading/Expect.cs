using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Model.Reading;

/// <summary>The kinds of values that a model holds.</summary>
internal static partial class Expect
{
    private const int NameLength = 200;
    private const int ProseLength = 4_000;

    public static readonly Expected<string> Id = Matching(
        IdPattern(),
        "an id of 1 to 64 letters, digits, \"-\", \"_\" or \".\", such as \"import-users\""
    );

    /// <summary>An id, or "*" for the one that a message was about.</summary>
    public static readonly Expected<string> IdOrAny = Matching(IdOrAnyPattern(), "an id, or \"*\" for the one the message was about");

    /// <summary>Where the schema of the file is: an address, or a path.</summary>
    public static readonly Expected<string> Reference = Text("an address of the schema", ProseLength);

    public static readonly Expected<string> EventName = Text("an event's name", NameLength);

    public static readonly Expected<string> PropertyName = Text("a property's name", NameLength);

    public static readonly Expected<string> Name = Text("a name", NameLength);

    public static readonly Expected<string> Currency = Matching(CurrencyPattern(), "a currency of three capital letters, such as \"USD\"");

    public static readonly Expected<string> Country = Matching(CountryPattern(), "a country of two capital letters, such as \"FR\"");

    public static readonly Expected<string> Email = Matching(
        EmailPattern(),
        "an e-mail address such as \"help@nimbus.example\"",
        MaxEmailChars
    );

    /// <summary>Somebody, or everybody of a domain; its subdomains are others.</summary>
    public static readonly Expected<string> EmailOrDomain = FromText<string>(
        "an e-mail address such as \"ann@nimbus.example\" or a domain such as \"nimbus.example\"",
        static (string text, out string address) =>
        {
            address = text;
            return IsEmail(text) || (text.Contains('.', StringComparison.Ordinal) && IsEmail("a@" + text));
        },
        static () => TextSchema(@"^[^\s]+\.?[^\s]*$")
    );

    public static readonly Expected<string> MailDomain = Matching(
        DomainPattern(),
        "a mail domain such as \"nimbus.example\"",
        MaxDomainChars
    );

    public static readonly Expected<string> Url = FromText<string>(
        "an absolute https or http URL such as \"https://nimbus.example/help\"",
        static (string text, out string url) =>
        {
            url = text;
            return AddressOf(text) is { Scheme: "https" or "http" };
        },
        static () => TextSchema(@"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]\S*$", "uri")
    );

    /// <summary>A link that customers are sent.</summary>
    public static readonly Expected<string> Link = FromText<string>(
        "an absolute https URL such as \"https://nimbus.example/help\" (http on this machine only)",
        static (string text, out string url) =>
        {
            url = text;
            return AddressOf(text) is { Scheme: "https" } or { Scheme: "http", IsLoopback: true };
        },
        static () => TextSchema(@"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]\S*$", "uri")
    );

    public static readonly Expected<string> SecureUrl = FromText<string>(
        "an absolute https URL such as \"https://chat.example/hooks/1\"",
        static (string text, out string url) =>
        {
            url = text;
            return AddressOf(text) is { Scheme: "https" };
        },
        static () => TextSchema(@"^[Hh][Tt][Tt][Pp][Ss]://[^\s/]\S*$", "uri")
    );

    /// <summary>Another system's address: over the network nobody else may read what it is told.</summary>
    public static readonly Expected<string> WebhookUrl = FromText<string>(
        "an absolute https URL such as \"https://crm.example/hooks/1\", or http on this machine",
        static (string text, out string url) =>
        {
            url = text;
            return AddressOf(text) is { Scheme: "https" } or { Scheme: "http", IsLoopback: true };
        },
        static () => TextSchema(@"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]\S*$", "uri")
    );

    public static readonly Expected<string> Locale = FromText<string>(
        $"a locale whose messages exist ({Alternatives(MessageLanguages.All)}), such as \"fr\" or \"fr-CA\"",
        static (string text, out string locale) =>
        {
            locale = text;
            return LocalePattern().IsMatch(text) && MessageLanguages.All.Contains(MessageLanguages.Of(text));
        },
        static () => LocaleSchema(MessageLanguages.All)
    );

    public static readonly Expected<string> TeamLocale = FromText<string>(
        $"a locale that the team's mails exist in ({Alternatives(MessageLanguages.OfTeam)}), such as \"fr\" or \"fr-CA\"",
        static (string text, out string locale) =>
        {
            locale = text;
            return LocalePattern().IsMatch(text) && MessageLanguages.OfTeam.Contains(MessageLanguages.Of(text));
        },
        static () => LocaleSchema(MessageLanguages.OfTeam)
    );

    /// <summary>"en, de or fr".</summary>
    private static string Alternatives(IReadOnlyList<string> languages) =>
        languages.Count > 1 ? $"{string.Join(", ", languages.SkipLast(1))} or {languages[^1]}" : languages[0];

    // The pattern keeps what the platform takes for a file's path to names of zones. It finds a name in another case once somebody asked
    // for it in the right one: the model is read alike whatever was asked before.
    public static readonly Expected<TimeZoneInfo> TimeZone = FromText(
        "an IANA time zone such as \"Europe/Paris\"",
        static (string text, out TimeZoneInfo zone) =>
        {
            zone = TimeZoneInfo.Utc;
            if (!TimeZonePattern().IsMatch(text) || !TimeZoneInfo.TryFindSystemTimeZoneById(text, out var found) || found.Id != text)
                return false;
            zone = found;
            return true;
        },
        static () => PatternSchema(TimeZonePattern())
    );

    public static readonly Expected<TimeOnly> TimeOfDay = FromText(
        "a time of day such as \"20:00\"",
        static (string text, out TimeOnly time) =>
            TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time),
        static () => TextSchema("^([01][0-9]|2[0-3]):[0-5][0-9]$")
    );

    public static readonly Expected<DateOnly> Date = FromText(
        "a date such as \"2026-06-30\"",
        static (string text, out DateOnly date) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date),
        static () => TextSchema("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "date")
    );

    public static readonly Expected<DateTimeOffset> Moment = FromText(
        "a moment with its offset such as \"2026-06-30T08:00:00Z\"",
        static (string text, out DateTimeOffset moment) =>
        {
            moment = default;
            return MomentPattern().IsMatch(text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
        },
        static () => PatternSchema(MomentPattern())
    );

    public static readonly Expected<bool> Flag = new(
        "true or false",
        static (ModelNode node, out bool flag) =>
        {
            flag = node.Kind == JsonValueKind.True;
            return node.Kind is JsonValueKind.True or JsonValueKind.False;
        },
        static () => new JsonObject { ["type"] = "boolean" }
    );

    public static bool IsEmail(string text) => text.Length <= MaxEmailChars && EmailPattern().IsMatch(text);

    private delegate bool TryParse<T>(string text, out T value);

    /// <summary>Words for people to read.</summary>
    public static Expected<string> Prose(string what) =>
        FromText(
            $"{what}, 1 to {ProseLength} characters",
            (string text, out string value) =>
            {
                value = text;
                return !string.IsNullOrWhiteSpace(text) && text.Length <= ProseLength;
            },
            () => LengthSchema(ProseLength, @"\S")
        );

    public static Expected<double> Number(string what, double least, double most) =>
        new(
            $"{what} from {least} to {most}",
            (ModelNode node, out double value) =>
            {
                value = node.Number;
                return node.Kind == JsonValueKind.Number && value >= least && value <= most;
            },
            () =>
                new JsonObject
                {
                    ["type"] = "number",
                    ["minimum"] = least,
                    ["maximum"] = most,
                }
        );

    public static Expected<double> Positive(string what, double most) =>
        new(
            $"{what} above 0 and at most {most}",
            (ModelNode node, out double value) =>
            {
                value = node.Number;
                return node.Kind == JsonValueKind.Number && value > 0 && value <= most;
            },
            () =>
                new JsonObject
                {
                    ["type"] = "number",
                    ["exclusiveMinimum"] = 0,
                    ["maximum"] = most,
                }
        );

    public static Expected<int> Whole(string what, int least, int most) =>
        new(
            $"{what}, a whole number from {least} to {most}",
            (ModelNode node, out int value) =>
            {
                var fits =
                    node.Kind == JsonValueKind.Number && node.Number >= least && node.Number <= most && double.IsInteger(node.Number);
                value = fits ? (int)node.Number : 0;
                return fits;
            },
            () =>
                new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = least,
                    ["maximum"] = most,
                }
        );

    public static Expected<T> OneOf<T>(IReadOnlyDictionary<string, T> choices) =>
        FromText(
            $"one of {string.Join(", ", choices.Keys.Select(ModelNode.Quote))}",
            (string text, out T value) => choices.TryGetValue(text, out value!),
            () => new JsonObject { ["enum"] = new JsonArray([.. choices.Keys.Select(key => JsonValue.Create(key))]) }
        ) with
        {
            Write = value =>
                choices
                    .Where(choice => EqualityComparer<T>.Default.Equals(choice.Value, value))
                    .Select(choice => JsonValue.Create(choice.Key))
                    .FirstOrDefault(),
        };

    public static Expected<T?> OrNull<T>(Expected<T> expected)
        where T : class =>
        new(
            $"{expected.Description}, or null",
            (ModelNode node, out T? value) =>
            {
                value = null;
                return node.Kind == JsonValueKind.Null || expected.TryRead(node, out value);
            },
            () => ModelShape.OrNull(expected.Schema())
        );

    private static Expected<string> Text(string what, int longest) =>
        FromText(
            $"{what}, one line of 1 to {longest} characters",
            (string text, out string value) =>
            {
                value = text;
                return !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);
            },
            () => LengthSchema(longest, @"^(?=.*\S)[^\u0000-\u001f\u007f-\u009f]*$")
        );

    private static Expected<string> Matching(Regex pattern, string description, int? maxChars = null) =>
        FromText(
            description,
            (string text, out string value) =>
            {
                value = text;
                return !(text.Length > maxChars) && pattern.IsMatch(text);
            },
            () => PatternSchema(pattern, maxChars)
        );

    private static Expected<T> FromText<T>(string description, TryParse<T> parse, Func<JsonObject> schema) =>
        new(
            description,
            (ModelNode node, out T value) =>
            {
                value = default!;
                return node.Kind == JsonValueKind.String && parse(node.Text, out value);
            },
            schema
        );
}
