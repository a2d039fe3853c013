using System.Collections;
using System.Text;
using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

/// <summary>Whatever is written, an analysis comes back, soon, and what it quotes is safe to show.</summary>
public sealed class HostileTextTests
{
    [Theory]
    [InlineData("\0\u0001\u001b[31m broken \u0007")]
    [InlineData("\u202ebroken\u202c it is \u2066broken\u2069")]
    [InlineData("\ud83d broken \udc4d")]
    [InlineData("broken\r\n\r\n<script>alert(1)</script>")]
    public async Task What_is_quoted_is_one_line_of_plain_characters(string text)
    {
        var analysis = await Texts.AnalyzeAsync(text, "en");

        Assert.NotEmpty(analysis.Remarks);
        Assert.All(
            analysis.Remarks,
            r =>
                Assert.All(
                    r.Sentence.EnumerateRunes(),
                    rune =>
                        Assert.False(
                            Rune.IsControl(rune)
                                || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format
                                || rune == Rune.ReplacementChar
                        )
                )
        );
    }

    [Fact]
    public async Task Random_characters_never_fail()
    {
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            var text = string.Create(
                random.Next(200),
                random,
                (span, r) =>
                {
                    foreach (ref var character in span)
                        character = (char)(r.Next(3) == 0 ? r.Next(char.MaxValue + 1) : r.Next(32, 383));
                }
            );

            var analysis = await Texts.AnalyzeAsync(text);

            Assert.InRange(analysis.Score, -1, 1);
        }
    }

    [Theory]
    [InlineData("ne ", "fr")]
    [InlineData("ne marche ", "fr")]
    [InlineData("n'arrive plus à ", "fr")]
    [InlineData("would be even ", "en")]
    [InlineData("doesn't ", "en")]
    [InlineData("a", "en")]
    [InlineData("aaab", "en")]
    [InlineData("great terrible ", "en")]
    [InlineData("calendar ", "en")]
    [InlineData("broken. ", "en")]
    [InlineData(",", "en")]
    [InlineData(":(", "en")]
    [InlineData("5/", "en")]
    [InlineData("'", "fr")]
    [InlineData("😀", "en")]
    public void A_long_text_costs_as_much_a_word_as_half_of_it_whatever_it_repeats(string repeated, string language)
    {
        string text = Repeat(repeated, EmbeddedTextAnalyzer.MaxLength);
        string half = Repeat(repeated, EmbeddedTextAnalyzer.MaxLength / 2);

        // Looking back from every word to every other would be four times as many looks, copying the text for every letter 400 MB and more.
        Assert.InRange(LooksAtWords(text, language), 0, (2.1 * LooksAtWords(half, language)) + 100);
        Assert.InRange(Allocated(text, language), 0, 40_000_000);
    }

    [Fact]
    public async Task A_text_without_end_is_read_in_part()
    {
        var analysis = await Texts.AnalyzeAsync("It is broken. " + Repeat("😀 ", 3_000_000), "en");

        Assert.Equal("It is broken.", analysis.Remarks[0].Sentence);
    }

    [Fact]
    public async Task What_is_returned_is_bounded()
    {
        var analysis = await Texts.AnalyzeAsync(
            string.Concat(Enumerable.Range(0, 500).Select(i => $"The widget{i} crashes and is terrible. ")),
            "en"
        );

        Assert.Equal((10, 10, 10), (analysis.Remarks.Count, analysis.Opinions.Count, analysis.KeyPhrases.Count));
    }

    private static string Repeat(string text, int length) => new StringBuilder(length).Insert(0, text, length / text.Length).ToString();

    /// <summary>How often an analysis looks at a word of the text.</summary>
    private static long LooksAtWords(string text, string language)
    {
        var reader = new LanguageReader(language == "fr" ? WordLists.French : WordLists.English);
        var watched = reader.Sentences(text).Select(sentence => (Words: new WatchedList<Token>(sentence.Tokens), sentence.Asks)).ToList();
        reader.Read(text, language, [.. watched.Select(sentence => new Sentence(sentence.Words, sentence.Asks))]);
        return watched.Sum(sentence => sentence.Words.Looks);
    }

    private static long Allocated(string text, string language)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        EmbeddedTextAnalyzer.Analyze(new(text, language));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Counts how often its elements are looked at.</summary>
    private sealed class WatchedList<T>(IReadOnlyList<T> list) : IReadOnlyList<T>
    {
        public long Looks { get; private set; }

        public int Count => list.Count;

        public T this[int index]
        {
            get
            {
                Looks++;
                return list[index];
            }
        }

        public IEnumerator<T> GetEnumerator()
        {
            for (int i = 0; i < Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
