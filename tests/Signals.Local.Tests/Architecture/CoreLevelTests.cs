using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>
/// Holds the plan of Core in docs/architecture.md: levels that know only those before them, and folders in them that never go round in a
/// circle.
/// </summary>
public sealed class CoreLevelTests
{
    private static readonly string[] Levels = ["Platform", "Model", "Intake", "State", "Diagnosis", "Response", "Processing", "Daily"];

    private static readonly string Core = Path.Combine(Repository.Root, "functions", "Signals.Core");

    private static readonly CoreReferences Found = CoreReferences.Of(Sources());

    [Fact]
    public void A_level_knows_only_the_levels_before_it() => Assert.Empty(Found.Upward(Levels));

    [Fact]
    public void No_two_folders_know_each_other() => Assert.Empty(Found.Circles());

    [Fact]
    public void A_files_namespace_is_its_folder() => Assert.Empty(Found.Misplaced);

    [Fact]
    public void Every_folder_stands_on_the_architecture_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

        var folders = Sources()
            .Keys.Where(path => path.Contains('/', StringComparison.Ordinal))
            .Select(path => path[..path.LastIndexOf('/')])
            .Select(folder => folder.StartsWith("Diagnosis/Causes/", StringComparison.Ordinal) ? "Diagnosis/Causes/{Cause}" : folder)
            .Distinct();

        Assert.DoesNotContain(folders, folder => !page.Contains($"`{folder}`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_reference_is_named_with_its_file_and_words()
    {
        var sources = Sources();
        sources["Model/Wrong.cs"] = "using Signals.Core.Response.Alerts;\n\nnamespace Signals.Core.Model;\n";

        var wrong = Assert.Single(CoreReferences.Of(sources).Upward(Levels));

        Assert.Equal("Model/Wrong.cs: Model -> Response/Alerts by \"Signals.Core.Response.Alerts\"", wrong.ToString());
    }

    [Fact]
    public void A_circle_within_a_level_is_seen_also_when_it_takes_qualified_names()
    {
        var sources = new Dictionary<string, string>
        {
            ["State/Accounts/A.cs"] = "using Signals.Core.State.People;\nnamespace Signals.Core.State.Accounts;\n",
            ["State/People/B.cs"] = "namespace Signals.Core.State.People;\nclass B { Core.State.Accounts.A? a; }\n",
        };

        Assert.Equal(2, CoreReferences.Of(sources).Circles().Count);
    }

    private static Dictionary<string, string> Sources() =>
        Directory
            .EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Core, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(Core, path)), StringComparer.Ordinal);
}
