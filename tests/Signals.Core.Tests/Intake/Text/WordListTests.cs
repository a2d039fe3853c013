using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

public sealed class WordListTests
{
    [Theory]
    [InlineData("[opinions]\ngood", "line 2: found \"good\", expected weight: entry, entry")]
    [InlineData("[opinions]\nmuch: good", "line 2: found \"much: good\", expected weight: entry, entry")]
    [InlineData("good", "line 1: found \"good\", expected a section")]
    [InlineData("[words]\ngood", "line 2: found \"[words]\", expected a section")]
    [InlineData("[opinions]\n2: <nice> one", "line 2: found \"<nice>\", expected a group")]
    [InlineData("[opinions]\n2: g*", "line 2: found \"g*\", expected words, and stems of at least 2 letters")]
    [InlineData("[opinions]\n2: good, ?!", "line 2: found \"?!\", expected words")]
    public void A_mistake_is_reported_with_its_line(string file, string expected)
    {
        var fault = Assert.Throws<InvalidDataException>(() => WordListFile.Read("en", new StringReader(file)));

        Assert.StartsWith("Words/en.txt ", fault.Message);
        Assert.Contains(expected, fault.Message);
    }

    [Theory]
    [InlineData("very good", 3, 2)]
    [InlineData("very well made", 4, 3)]
    [InlineData("very unexpected well", 4, 3)]
    [InlineData("very truly really quite good", 3, 5)]
    [InlineData("veryx good", null, 0)]
    [InlineData("goodness me", 1, 1)]
    [InlineData("thing is bad", 5, 3)]
    [InlineData("one bad", 5, 2)]
    public void The_longest_entry_that_fits_wins(string text, int? weight, int words)
    {
        var lists = WordListFile.Read(
            "en",
            new StringReader(
                """
                # a comment
                [groups]
                thing: thing is, one

                [opinions]
                1: very, good*
                3: very .. good
                4: very _ well, very well made
                5: <thing> bad
                """
            )
        );

        var match = lists.Opinions.At(TextTokenizer.Read(text, elides: false)[0].Tokens, 0);

        Assert.Equal((weight, words), ((int?)match?.Weight, match?.End ?? 0));
    }

    [Fact]
    public void A_phrase_never_reaches_across_a_comma()
    {
        var lists = WordListFile.Read("en", new StringReader("[problems]\n1: not .. work"));

        Assert.NotNull(lists.Problems.At(TextTokenizer.Read("not at all work", elides: false)[0].Tokens, 0));
        Assert.Null(lists.Problems.At(TextTokenizer.Read("not here, work", elides: false)[0].Tokens, 0));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void The_lists_of_a_language_are_complete(string language)
    {
        var lists = WordLists.Of(language)!;

        Assert.All(
            [lists.Opinions, lists.Modifiers, lists.Negations, lists.Contrasts, lists.Problems, lists.Requests, lists.Leaving, lists.Plain],
            book => Assert.True(book.Any)
        );
    }
}
