namespace Signals.Web.Dashboard;

/// <summary>Addresses that several pages lead to.</summary>
internal static class Links
{
    public static string Account(string id) => "/accounts/" + Uri.EscapeDataString(id);

    /// <summary>A message or alert, by its outreach's id.</summary>
    public static string Message(string id) => "/messages/" + Uri.EscapeDataString(id);

    /// <summary>An address with those of the parameters that have a value.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        string query = string.Join(
            '&',
            parameters
                .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
                .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}")
        );
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
