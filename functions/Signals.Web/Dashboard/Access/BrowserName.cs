namespace Signals.Web.Dashboard.Access;

/// <summary>What a browser is, in words that its user knows it by: "Firefox, Windows". Nothing else of what it says is kept.</summary>
internal static class BrowserName
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Empty where it says nothing that is known.</summary>
    public static string Of(string? userAgent)
    {
        string? browser = Find(Browsers, userAgent),
            system = Find(Systems, userAgent);
        return string.Join(", ", new[] { browser, system }.OfType<string>());
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(one => userAgent?.Contains(one.Mark, StringComparison.Ordinal) == true).Name;
}
