using Signals.Core.Platform.Csv;

namespace Signals.Core.Tests.Platform.Csv;

public sealed class FormulaGuardTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  ＝1+1", "'  ＝1+1")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData("'tis", "'tis")]
    [InlineData("''", "''")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void What_begins_as_a_formula_gets_a_mark(string text, string guarded) => Assert.Equal(guarded, FormulaGuard.Add(text));

    [Fact]
    public void The_mark_can_be_taken_away_whatever_the_text()
    {
        const string Letters = "='+-@＝\t\r\n \0\ufeffa1,\"";
        var random = new Random(20261128);

        for (int i = 0; i < 100_000; i++)
        {
            string text = string.Create(
                random.Next(6),
                random,
                static (span, from) =>
                {
                    foreach (ref char letter in span)
                        letter = Letters[from.Next(Letters.Length)];
                }
            );
            Assert.Equal(text, FormulaGuard.Remove(FormulaGuard.Add(text)));
        }
    }

    [Theory]
    [InlineData("'tis", "'tis")]
    [InlineData("=1", "=1")]
    [InlineData("'-1", "-1")]
    public void Only_the_mark_is_taken_away(string text, string expected) => Assert.Equal(expected, FormulaGuard.Remove(text));
}
