using Microsoft.AspNetCore.Http;

namespace Signals.Web.Api;

/// <summary>Reads query parameters; an empty one counts as absent. All of it throws <see cref="ApiRefusal"/>.</summary>
internal static class Query
{
    private const int MaxChars = 500;

    /// <summary>The only value of a parameter, or null.</summary>
    public static string? One(HttpRequest request, string name)
    {
        var values = request.Query[name];
        if (values.Count > 1)
            throw ApiRefusal.BadParameter(name, $"{values.Count} values", "one");
        string? value = values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
        if (value?.Length > MaxChars && name != "cursor")
            throw ApiRefusal.BadParameter(name, $"{value.Length} characters", $"at most {MaxChars}");
        return value;
    }

    /// <summary>The only value, of a list of names, or null.</summary>
    public static string? OneOf(HttpRequest request, string name, IReadOnlyList<string> names) =>
        One(request, name) is { } value ? Known(value, name, names) : null;

    /// <summary>All values, given again and again or with commas between, each of a list of names.</summary>
    public static IReadOnlyList<string> AnyOf(HttpRequest request, string name, IReadOnlyList<string> names) =>
        [
            .. request
                .Query[name]
                .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(value => Known(value, name, names))
                .Distinct(StringComparer.Ordinal),
        ];

    private static string Known(string value, string name, IReadOnlyList<string> names) =>
        names.Contains(value, StringComparer.Ordinal)
            ? value
            : throw ApiRefusal.BadParameter(name, value, "one of " + string.Join(", ", names));
}
