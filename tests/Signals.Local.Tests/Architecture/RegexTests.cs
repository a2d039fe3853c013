using System.Text.RegularExpressions;
using Signals.Testing;

namespace Signals.Local.Tests.Architecture;

/// <summary>
/// An expression that backtracks takes as long as its input has it, and a limit by the wall clock refuses good input on a busy machine. So
/// all are of the kind whose time grows with the input's length alone.
/// </summary>
public sealed partial class RegexTests
{
    [Fact]
    public void Every_expression_of_the_app_takes_time_in_step_with_its_input()
    {
        var uses = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Built().IsMatch(file))
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(use => (File: Path.GetFileName(file), Text: use.Value)))
            .ToList();

        Assert.InRange(uses.Count, 40, int.MaxValue);
        Assert.All(
            uses,
            use =>
                Assert.True(
                    use.Text.Contains("RegexOptions.NonBacktracking", StringComparison.Ordinal),
                    $"{use.File}: {use.Text} may backtrack; expected RegexOptions.NonBacktracking."
                )
        );
    }

    [Theory]
    [InlineData("[GeneratedRegex(\"a+\", RegexOptions.CultureInvariant, 1000)]\n", 1)]
    [InlineData("new Regex(\"a+\");\n", 1)]
    [InlineData("Regex.IsMatch(text, \"a+\");\n", 1)]
    [InlineData("Regex Name();\n", 0)]
    public void What_uses_an_expression_is_found(string code, int found) => Assert.Equal(found, Uses().Count(code));

    /// <summary>From where an expression is named to the end of the attribute, or of the statement.</summary>
    [GeneratedRegex(
        @"\[GeneratedRegex\([\s\S]*?\)\]\r?\n|new Regex\([^;]*;|Regex\.(IsMatch|Matches|Match|Replace|Split|Count)\([^;]*;",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Uses();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Built();
}
