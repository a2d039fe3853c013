namespace Signals.Web.Charts;

/// <summary>The style sheets that charts need: every colour as a token, for light and dark, and the drawings.</summary>
public static class ChartStyle
{
    /// <summary>For a page that stands alone. The dashboard serves the same files with its own.</summary>
    public static string Css { get; } = Read("tokens.css") + Read("charts.css");

    private static string Read(string name)
    {
        using var stream =
            typeof(ChartStyle).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
