using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Signals.Local.Tests.Mail;

/// <summary>A mail of the outbox as a mail program reads it: headers unfolded, both bodies decoded.</summary>
internal sealed partial class MailFile
{
    private MailFile(Dictionary<string, string> headers, string text, string html) => (Headers, Text, Html) = (headers, text, html);

    public IReadOnlyDictionary<string, string> Headers { get; }

    public string Text { get; }

    public string Html { get; }

    public string To => Headers["To"];

    /// <summary>Where a mailbox's own unsubscribe button leads (RFC 8058).</summary>
    public Uri OneClick => new(Headers["List-Unsubscribe"].Trim('<', '>', ' '));

    /// <summary>Every address that a scanner would find in it: in the headers, the text and the HTML.</summary>
    public IReadOnlyList<Uri> Links =>
        [
            .. Headers
                .Values.Append(Text)
                .SelectMany(part => Address().Matches(part))
                .Select(match => match.Value)
                .Concat(Attribute().Matches(Html).Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value)))
                .Distinct(StringComparer.Ordinal)
                .Select(link => new Uri(link)),
        ];

    public static MailFile Read(string path)
    {
        var (headers, body) = Split(File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n"));
        string boundary = Boundary().Match(headers["Content-Type"]).Groups["boundary"].Value;
        var parts = body.Split("--" + boundary)
            .Where(part => part.Contains("Content-Type:", StringComparison.OrdinalIgnoreCase))
            .Select(part => Split(part.TrimStart('\n')))
            .ToList();
        return new MailFile(headers, Decoded(parts, "text/plain"), Decoded(parts, "text/html"));
    }

    private static string Decoded(List<(Dictionary<string, string> Headers, string Body)> parts, string type)
    {
        var (headers, body) = parts.Single(part => part.Headers["Content-Type"].StartsWith(type, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("quoted-printable", headers["Content-Transfer-Encoding"]);
        string joined = body.Replace("=\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (int i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
                bytes.Add((byte)joined[i]);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string entity)
    {
        int end = entity.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = Folded().Replace(entity[..end], " ").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (
            lines
                .Select(line => line.Split(':', 2))
                .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase),
            entity[(end + 2)..]
        );
    }

    [GeneratedRegex("\n[ \t]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Folded();

    [GeneratedRegex("boundary=\"?(?<boundary>[^\";]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();

    [GeneratedRegex("https?://[^\\s<>\")]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(
        "(href|src|action|background)=\"(?<url>https?://[^\"]+)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Attribute();
}
