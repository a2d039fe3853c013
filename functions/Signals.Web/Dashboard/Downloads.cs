namespace Signals.Web.Dashboard;

/// <summary>The way to a page's numbers as a file.</summary>
internal static class Downloads
{
    public static Html Csv(Reader reader, string address) =>
        $"""<a class="button second" href="{address}" download>{reader.Say("Download as CSV")}</a>""";
}
