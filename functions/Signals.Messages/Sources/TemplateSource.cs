using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Signals.Core.Response.Messages;

namespace Signals.Messages.Sources;

/// <summary>
/// All templates, read once: the embedded ones, and over them a team's own files. A file <c>{folder}/{locale}/{name}.hbs</c> takes the
/// place of the template with that name and language, or adds one; <c>{folder}/layout.html</c> takes the place of the HTML around them all.
/// Names and languages from outside are looked up among these, never turned into a path.
/// </summary>
public sealed partial class TemplateSource
{
    private const string LayoutName = "layout.html";
    private const string Root = "templates/";
    private const int MaxFileBytes = 256 * 1024;

    private static readonly Lazy<TemplateSource> Built = new(() => new TemplateSource([.. EmbeddedFiles()], []));

    private readonly FrozenDictionary<(string Locale, string Name), TemplateFile> _files;

    private TemplateSource(IReadOnlyList<TemplateFile> builtIn, IReadOnlyList<TemplateFile> own)
    {
        Own = [.. own.Where(file => file.Name != LayoutName)];
        var byKey = new Dictionary<(string, string), TemplateFile>();
        foreach (var file in builtIn.Concat(own))
            byKey[(file.Locale, file.Name)] = file;
        Layout = byKey[("", LayoutName)];
        byKey.Remove(("", LayoutName));
        _files = byKey.ToFrozenDictionary();
        Locales = [.. _files.Keys.Select(key => key.Locale).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The templates that come with the product.</summary>
    public static TemplateSource Embedded => Built.Value;

    /// <summary>The HTML around every message, with <c>{{&gt; body}}</c> and the like where the parts go.</summary>
    public TemplateFile Layout { get; }

    /// <summary>The templates that a team wrote, parts of messages among them.</summary>
    public IReadOnlyList<TemplateFile> Own { get; }

    /// <summary>Languages that have any template, lower case ("en", "fr", "pt-br").</summary>
    public IReadOnlyList<string> Locales { get; }

    /// <summary>The embedded templates under those of <paramref name="folder"/>.</summary>
    /// <exception cref="TemplateException">The folder is not there, or holds a file that can't be a template.</exception>
    public static TemplateSource WithFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new TemplateException($"Expected a folder of templates at '{folder}'; found none.");
        return new TemplateSource([.. EmbeddedFiles()], [.. FilesOf(folder)]);
    }

    /// <summary>The template in exactly this language (lower case), or null.</summary>
    public TemplateFile? Find(string name, string locale) => _files.GetValueOrDefault((locale, name));

    /// <summary>The template's own names, parts left out, ordered.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. _files
                .Keys.Select(key => key.Name)
                .Where(name => !TemplateNames.IsPart(name))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<TemplateFile> EmbeddedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            string path = resource.Replace('\\', '/');
            if (!path.StartsWith(Root, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            yield return FileOf(path[Root.Length..], path, reader.ReadToEnd());
        }
    }

    private static IEnumerable<TemplateFile> FilesOf(string folder)
    {
        var paths = Directory.EnumerateFiles(folder, "*.hbs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        string layout = Path.Combine(folder, LayoutName);
        foreach (string path in File.Exists(layout) ? paths.Append(layout) : paths)
        {
            long size = new FileInfo(path).Length;
            if (size > MaxFileBytes)
                throw new TemplateException($"A template has at most {MaxFileBytes / 1024} KB; '{path}' has {size / 1024} KB.");
            yield return FileOf(Path.GetRelativePath(folder, path).Replace('\\', '/'), path, File.ReadAllText(path));
        }
    }

    private static TemplateFile FileOf(string relative, string path, string content)
    {
        content = content.ReplaceLineEndings("\n");
        if (relative == LayoutName)
            return new TemplateFile(LayoutName, "", path, content);
        var match = RelativePath().Match(relative);
        return match.Success
            ? new TemplateFile(match.Groups["name"].Value, match.Groups["locale"].Value.ToLowerInvariant(), path, content)
            : throw new TemplateException(
                $"Expected a template's path to read like 'fr/friction.hbs' (letters, digits and hyphens); found '{relative}'."
            );
    }

    [GeneratedRegex(
        "^(?<locale>[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)/(?<name>[a-z0-9][a-z0-9-]{0,63})\\.hbs$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex RelativePath();
}
