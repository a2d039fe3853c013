using System.Text.RegularExpressions;
using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>Holds what CONTRIBUTING says of files: a newcomer finds a type by the name of its file.</summary>
public sealed partial class FileTests
{
    /// <summary>A type with the small ones that say one thing together with it.</summary>
    private const int MostTypes = 6;

    /// <summary>What is one JSON document reads as one.</summary>
    private static readonly string[] Documents = ["ValueModel.cs", "OutreachSettings.cs", "LanguageFile.cs"];

    private static readonly string Functions = Path.Combine(Repository.Root, "functions");

    [Fact]
    public void A_file_holds_the_type_it_is_named_by() =>
        Assert.Empty(
            Files().Where(file => file.Types.Count > 0 && !file.Types.Contains(file.Name.Split('.')[0])).Select(file => file.Name)
        );

    [Fact]
    public void A_file_holds_few_types() =>
        Assert.Empty(
            Files()
                .Where(file => file.Types.Count > MostTypes && !Documents.Contains(file.Name))
                .Select(file => $"{file.Name}: {file.Types.Count}")
        );

    private static List<(string Name, HashSet<string> Types)> Files()
    {
        var files = Directory
            .GetFiles(Functions, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Functions, file).Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Select(file =>
                (Path.GetFileName(file), Type().Matches(File.ReadAllText(file)).Select(type => type.Groups["name"].Value).ToHashSet())
            )
            .ToList();
        Assert.True(files.Count > 300);
        return files;
    }

    [GeneratedRegex(
        @"^((public|internal|static|sealed|abstract|readonly|partial|file) )*(class|record struct|record class|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Type();
}
