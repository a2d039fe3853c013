using System.Text.RegularExpressions;
using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>Holds the words that CONTRIBUTING chose where two would do.</summary>
public sealed partial class WordTests
{
    private static readonly string Functions = Path.Combine(Repository.Root, "functions");

    [Fact]
    public void What_tells_the_time_is_a_clock() => Assert.Empty(Others(Clock(), "clock", "_clock", "Clock"));

    [Fact]
    public void What_is_caught_is_a_fault() => Assert.Empty(Others(Caught(), "fault", "refusal", "broken"));

    [Fact]
    public void What_is_passed_on_of_it_is_one_too() => Assert.Empty(Others(PassedOn(), "fault", "inner"));

    /// <summary>Where the expression finds another name than these.</summary>
    private static List<string> Others(Regex named, params string[] names)
    {
        var found = Directory
            .GetFiles(Functions, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Functions, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => named.Matches(File.ReadAllText(Path.Combine(Functions, file))).Select(match => (File: file, Match: match)))
            .ToList();
        Assert.True(found.Count > 30);
        return [.. found.Where(one => !names.Contains(one.Match.Groups["name"].Value)).Select(one => $"{one.File}: {one.Match.Value}")];
    }

    [GeneratedRegex(@"\bTimeProvider\??\s+(?<name>\w+)\s*[,;)={]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bcatch \([\w.]+ (?<name>\w+)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Caught();

    [GeneratedRegex(@"(?<=[(,]\s*)(?<!catch \()Exception\??\s+(?<name>[a-z]\w*)\s*[,)=]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PassedOn();
}
