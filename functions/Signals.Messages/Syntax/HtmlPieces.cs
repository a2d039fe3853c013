namespace Signals.Messages.Syntax;

/// <summary>
/// The HTML of each block: styles inline, because many mail programs drop style sheets; classes only for dark mode and narrow screens.
/// </summary>
internal static class HtmlPieces
{
    public const string ListStart = "<ul style=\"margin:0 0 20px;padding:0 0 0 22px\">\n";
    public const string ListEnd = "</ul>\n";

    public static string Paragraph(string content) => $"<p style=\"margin:0 0 20px\">{content}</p>\n";

    public static string Heading(string content) =>
        $"<h2 class=\"strong\" style=\"margin:28px 0 8px;font-size:18px;line-height:1.35;font-weight:600;color:#111827\">{content}</h2>\n";

    public static string Item(string content) => $"<li style=\"margin:0 0 8px\">{content}</li>\n";

    public static string Link(string label, string url) =>
        $"""<a class="link" href="{url}" style="color:#1d4ed8;text-decoration:underline">{label}</a>""";

    /// <summary>One answer of several: a box that a thumb meets, 44 px high.</summary>
    public static string Answer(string label, string url) =>
        $"<a class=\"link\" href=\"{url}\" style=\"display:inline-block;min-width:26px;margin:0 4px 8px 0;padding:8px 4px;"
        + "border:1px solid #8a94a6;border-radius:8px;text-align:center;font-weight:600;"
        + $"color:#1d4ed8;text-decoration:none\">{label}</a>\n";

    /// <summary>A table, so that Outlook paints the whole button; 48 px high for thumbs.</summary>
    public static string Button(string label, string url) =>
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
        + "style=\"margin:4px 0 24px;border-collapse:separate\"><tr>"
        + "<td class=\"button\" bgcolor=\"#1d4ed8\" style=\"border-radius:8px;background-color:#1d4ed8\">"
        + $"<a href=\"{url}\" style=\"display:inline-block;padding:12px 24px;font-size:16px;line-height:24px;font-weight:600;"
        + $"color:#ffffff;text-decoration:none\">{label}</a>"
        + "</td></tr></table>\n";
}
