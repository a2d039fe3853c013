using Signals.Messages.Sources;

namespace Signals.Messages.Syntax;

/// <summary>
/// A template's parts. The file starts with <c>subject:</c> and <c>preheader:</c> (the line that inboxes show beside the subject),
/// then a line of three hyphens, then the body. A part of other messages is all body.
/// </summary>
internal sealed record TemplateDocument(
    TemplateFile File,
    TemplateSection Subject,
    TemplateSection Preheader,
    TemplateSection Body,
    IReadOnlyList<TemplateSection> Unknown
)
{
    private const string Rule = "---";

    public IEnumerable<TemplateSection> Sections => [Subject, Preheader, Body];

    public static TemplateDocument Parse(TemplateFile file)
    {
        var none = new TemplateSection("", 0);
        var document = new TemplateDocument(file, none, none, new TemplateSection(file.Content, 0), []);
        if (TemplateNames.IsPart(file.Name))
            return document;
        int at = 0;
        foreach (string line in file.Content.Split('\n'))
        {
            int next = Math.Min(at + line.Length + 1, file.Content.Length);
            if (line.TrimEnd() == Rule)
                return document with { Body = new TemplateSection(file.Content[next..], next) };
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            int start = colon + 1 + (line.Length - (colon + 1) - line.AsSpan(colon + 1).TrimStart().Length);
            var value = new TemplateSection(line[start..].TrimEnd(), at + start);
            document = (colon < 0 ? "" : line[..colon].Trim()) switch
            {
                "subject" => document with { Subject = value },
                "preheader" => document with { Preheader = value },
                _ when string.IsNullOrWhiteSpace(line) => document,
                _ => document with { Unknown = [.. document.Unknown, new TemplateSection(line.Trim(), at)] },
            };
            at = next;
        }
        // Without the rule nothing says where the head ends.
        return document with { Body = new TemplateSection("", file.Content.Length) };
    }
}

/// <summary>A piece of a file and where it starts, in characters.</summary>
internal sealed record TemplateSection(string Text, int Offset);
