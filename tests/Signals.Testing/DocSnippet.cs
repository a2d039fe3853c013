using Xunit;

namespace Signals.Testing;

/// <summary>Code of the documentation, by the name that it is marked with there: <c>&lt;!-- run: name --&gt;</c> before its fence.</summary>
public static class DocSnippet
{
    /// <param name="page">The file, within docs/.</param>
    /// <param name="name">The mark.</param>
    public static string Read(string page, string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));
        string mark = $"<!-- run: {name} -->\n```";
        int start = text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/{page} has no snippet marked '{name}'.");
        start = text.IndexOf('\n', start + mark.Length) + 1;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)];
    }
}
