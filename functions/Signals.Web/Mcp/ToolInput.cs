using Signals.Web.Api;

namespace Signals.Web.Mcp;

/// <summary>Reads what an assistant gives a tool; an empty text counts as absent. All of it throws <see cref="ApiRefusal"/>.</summary>
internal static class ToolInput
{
    private const int MaxChars = 500;

    public static string? Text(string name, string? value) =>
        value is null or "" ? null
        : value.Length <= MaxChars ? value
        : throw ApiRefusal.BadParameter(name, $"{value.Length} characters", $"at most {MaxChars}");

    public static string Needed(string name, string? value) =>
        Text(name, value) ?? throw ApiRefusal.BadParameter(name, "", "a text that is not empty");

    public static string? OneOf(string name, string? value, IReadOnlyList<string> names) =>
        Text(name, value) is not { } one ? null
        : names.Contains(one, StringComparer.Ordinal) ? one
        : throw ApiRefusal.BadParameter(name, one, "one of " + string.Join(", ", names));

    /// <summary>Names with commas between.</summary>
    public static IReadOnlyList<string> AnyOf(string name, string? value, IReadOnlyList<string> names) =>
        [
            .. (Text(name, value) ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(one => OneOf(name, one, names)!)
                .Distinct(StringComparer.Ordinal),
        ];
}
