using System.Text.Json;
using System.Xml.Linq;

namespace Signals.Audit;

/// <summary>A package that something here is built with.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">The version that was restored.</param>
/// <param name="Licence">What it says of its licence.</param>
/// <param name="IsShipped">True when it comes with one of the apps; others serve build and tests alone.</param>
public sealed record Dependency(string Name, string Version, SaidLicence Licence, bool IsShipped);

/// <summary>What a package says of its licence: an SPDX expression, a file in the package, or an address; all null where it says nothing.</summary>
public sealed record SaidLicence(string? Expression, string? File, string? Address)
{
    /// <summary>Reads the package's <c>nuspec</c>.</summary>
    public static SaidLicence Read(Stream nuspec)
    {
        var metadata = XDocument.Load(nuspec).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value switch
        {
            "expression" => new SaidLicence(licence.Value.Trim(), null, null),
            "file" => new SaidLicence(null, licence.Value.Trim(), null),
            _ => new SaidLicence(
                null,
                null,
                metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value.Trim()
            ),
        };
    }
}

/// <summary>What was restored, by the <c>project.assets.json</c> of each project.</summary>
public static class Dependencies
{
    private const string AssetsFile = "project.assets.json";

    /// <summary>Projects in this folder ship; what they need ships with them.</summary>
    private const string ShippedFolder = "functions";

    /// <summary>Every package of every project that was restored under a folder, each once, by name.</summary>
    public static IReadOnlyList<Dependency> Read(string root)
    {
        var found = new SortedDictionary<string, Dependency>(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in new[] { ShippedFolder, "tests" })
        {
            var files = Directory
                .EnumerateFiles(Path.Combine(root, folder), AssetsFile, SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "obj");
            foreach (var dependency in files.SelectMany(file => Of(file, folder == ShippedFolder)))
                found.TryAdd($"{dependency.Name}/{dependency.Version}", dependency);
        }
        return [.. found.Values];
    }

    private static IEnumerable<Dependency> Of(string assetsFile, bool isOfApp)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        string[] folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        var atRun = ShippedOf(assets.RootElement);
        foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package")
                continue;
            string[] id = library.Name.Split('/');
            string path = library.Value.GetProperty("path").GetString()!;
            string nuspec = folders.Select(folder => Path.Combine(folder, path, id[0].ToLowerInvariant() + ".nuspec")).First(File.Exists);
            using var stream = File.OpenRead(nuspec);
            yield return new Dependency(id[0], id[1], SaidLicence.Read(stream), isOfApp && atRun.Contains(library.Name));
        }
    }

    /// <summary>What has files that the app runs with: an analyzer or a generator has none.</summary>
    private static HashSet<string> ShippedOf(JsonElement assets) =>
        [
            .. assets
                .GetProperty("targets")
                .EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(library =>
                    HasFiles(library.Value, "runtime") || HasFiles(library.Value, "runtimeTargets") || HasFiles(library.Value, "native")
                )
                .Select(library => library.Name),
        ];

    private static bool HasFiles(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var files)
        && files.EnumerateObject().Any(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal));
}
