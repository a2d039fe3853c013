using System.Text.RegularExpressions;

namespace Signals.Local.Tests.Architecture;

/// <summary>One folder of Core that knows another, and the file and words by which it does.</summary>
internal sealed record CoreReference(string File, string From, string To, string Words)
{
    public override string ToString() => $"{File}: {From} -> {To} by \"{Words}\"";
}

/// <summary>
/// Reads who knows whom from Core's sources. Namespaces follow folders, and the build refuses a <c>using</c> that nothing needs, so usings
/// and qualified names are the whole of it.
/// </summary>
internal sealed partial class CoreReferences
{
    private CoreReferences(IReadOnlyList<CoreReference> all, IReadOnlyList<string> misplaced)
    {
        All = all;
        Misplaced = misplaced;
    }

    public IReadOnlyList<CoreReference> All { get; }

    /// <summary>Files whose namespace is not that of their folder.</summary>
    public IReadOnlyList<string> Misplaced { get; }

    /// <param name="sources">Text by path below Core, such as <c>State/Accounts/AccountRows.cs</c>.</param>
    public static CoreReferences Of(IReadOnlyDictionary<string, string> sources)
    {
        var folders = sources.Keys.Select(FolderOf).Where(folder => folder.Length > 0).ToHashSet(StringComparer.Ordinal);
        var references = new List<CoreReference>();
        var misplaced = new List<string>();
        foreach (var (path, text) in sources)
        {
            string own = FolderOf(path);
            if (Namespace().Match(text).Groups["folder"].Value.Replace('.', '/') != own)
                misplaced.Add(path);
            foreach (Match name in QualifiedName().Matches(text))
            {
                string full = name.Groups["full"].Success ? name.Groups["full"].Value : name.Groups["level"].Value;
                if (Longest(folders, full.Replace('.', '/')) is { } known && known != own)
                    references.Add(new CoreReference(path, own, known, name.Value));
            }
        }
        return new CoreReferences([.. references.Distinct()], misplaced);
    }

    /// <summary>References from a level to a later one; what composes Core stands above all of them, in its root.</summary>
    /// <param name="levels">First to last.</param>
    public IReadOnlyList<CoreReference> Upward(IReadOnlyList<string> levels) =>
        [.. All.Where(reference => reference.From.Length > 0 && LevelOf(reference.To, levels) > LevelOf(reference.From, levels))];

    /// <summary>Pairs of folders that know each other, directly or by way of others.</summary>
    public IReadOnlyList<string> Circles()
    {
        var known = All.GroupBy(reference => reference.From)
            .ToDictionary(group => group.Key, group => group.Select(reference => reference.To).ToHashSet());
        return
        [
            .. known
                .Keys.Where(folder => Reach(folder).Contains(folder))
                .Order(StringComparer.Ordinal)
                .Select(folder =>
                    $"{folder} reaches itself by {All.First(reference => reference.From == folder && (reference.To == folder || Reach(reference.To).Contains(folder)))}"
                ),
        ];

        HashSet<string> Reach(string start)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>([start]);
            while (open.TryPop(out string? folder))
            {
                foreach (string next in known.GetValueOrDefault(folder) ?? [])
                {
                    if (seen.Add(next))
                        open.Push(next);
                }
            }
            return seen;
        }
    }

    private static int LevelOf(string folder, IReadOnlyList<string> levels)
    {
        string level = folder.Split('/')[0];
        int index = levels.ToList().IndexOf(level);
        return index >= 0 ? index : throw new InvalidOperationException($"Core has a folder '{level}' that is no level.");
    }

    private static string FolderOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";

    private static string? Longest(HashSet<string> folders, string name)
    {
        while (name.Length > 0)
        {
            if (folders.Contains(name))
                return name;
            name = FolderOf(name);
        }
        return null;
    }

    [GeneratedRegex(@"^namespace Signals\.Core\.?(?<folder>[\w.]*);", RegexOptions.Multiline, 10_000)]
    private static partial Regex Namespace();

    /// <summary>A name from Signals.Core on, or from a level on; the namespace that a file is in is not among them.</summary>
    [GeneratedRegex(
        """(?<!namespace )(?<![\w.])(?:(?:Signals\.)?Core\.(?<full>(?:\w+\.)*\w+)|(?<level>(?:Platform|Intake|State|Diagnosis|Response|Processing|Daily)\.[A-Z]\w+\.[A-Z]\w+))""",
        RegexOptions.None,
        10_000
    )]
    private static partial Regex QualifiedName();
}
