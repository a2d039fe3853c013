using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>Holds the width of .editorconfig: formatters leave strings and comments as they are. Counted in characters.</summary>
public sealed class LineWidthTests
{
    [Fact]
    public void No_line_is_wider_than_the_editor_is_told()
    {
        int limit = int.Parse(
            File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"))
                .Single(line => line.StartsWith("max_line_length = ", StringComparison.Ordinal))["max_line_length = ".Length..]
        );
        string folder = Path.Combine(Repository.Root, "functions");
        string[] files = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsWritten)];

        var wide = files.SelectMany(file =>
            File.ReadLines(file)
                .Index()
                .Where(line => line.Item.Length > limit)
                .Select(line => $"{Path.GetRelativePath(folder, file)}:{line.Index + 1}: {line.Item.Length}")
        );

        Assert.True(files.Length > 300);
        Assert.Empty(wide);

        bool IsWritten(string file) => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Contains("obj");
    }
}
