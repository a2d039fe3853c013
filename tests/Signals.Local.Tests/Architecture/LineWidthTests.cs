namespace Signals.Local.Tests.Architecture;

/// <summary>Holds the width of .editorconfig in the rooms whose markup had outgrown it; no formatter does.</summary>
public sealed class LineWidthTests
{
    [Theory]
    [InlineData("Signals.Messages")]
    [InlineData("Signals.Web")]
    public void No_line_is_wider_than_the_editor_is_told(string room)
    {
        int limit = int.Parse(
            File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"))
                .Single(line => line.StartsWith("max_line_length = ", StringComparison.Ordinal))["max_line_length = ".Length..]
        );
        string folder = Path.Combine(Repository.Root, "functions", room);
        string[] files = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsWritten)];

        var wide = files.SelectMany(file =>
            File.ReadLines(file)
                .Index()
                .Where(line => line.Item.Length > limit)
                .Select(line => $"{Path.GetFileName(file)}:{line.Index + 1}: {line.Item.Length}")
        );

        Assert.True(files.Length > 20);
        Assert.Empty(wide);

        bool IsWritten(string file) => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal);
    }
}
