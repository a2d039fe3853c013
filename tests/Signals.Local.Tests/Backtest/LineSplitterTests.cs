using System.Collections.Concurrent;
using System.Text;
using Signals.Local.Backtest;

namespace Signals.Local.Tests.Backtest;

public sealed class LineSplitterTests
{
    [Fact]
    public void Lines_keep_their_numbers_whatever_their_ends_and_blanks()
    {
        var (lines, tooLong) = Split("\uFEFFone\r\n\n  two \n\t\nthree");

        Assert.Equal([(1, "one"), (3, "two"), (5, "three")], lines);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Lines_are_whole_however_blocks_and_reads_fall()
    {
        var random = new Random(3);
        var expected = Enumerable
            .Range(1, 400)
            .Select(number => ((long)number, new string((char)('a' + number % 26), random.Next(1, 2000))))
            .ToList();

        var (lines, _) = Split(string.Join('\n', expected.Select(line => line.Item2)), bytesARead: 777);

        Assert.Equal(expected, lines);
    }

    [Fact]
    public void Bytes_of_blocks_that_nobody_reads_any_more_are_used_again()
    {
        string[] expected = [.. Enumerable.Range(1, 400).Select(number => new string((char)('a' + number % 26), 1000))];
        var spent = new ConcurrentQueue<byte[]>();
        var lines = new List<string>();
        var different = new HashSet<byte[]>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', expected)));
        foreach (var block in new LineSplitter(stream, () => 0, spent).Blocks())
        {
            lines.AddRange(block.Lines.Select(line => Encoding.UTF8.GetString(block.Bytes, line.Start, line.Length)));
            different.Add(block.Bytes);
            spent.Enqueue(block.Bytes);
        }

        Assert.Equal(expected, lines);
        Assert.Single(different);
    }

    [Theory]
    [InlineData(65_537)]
    [InlineData(200_000)]
    [InlineData(1_000_000)]
    public void A_line_that_no_event_can_be_as_long_as_is_passed_over(int length)
    {
        var (lines, tooLong) = Split($"one\n{new string('x', length)}\nthree\n");

        Assert.Equal([(1, "one"), (3, "three")], lines);
        Assert.Equal([(2, length)], tooLong);
    }

    [Fact]
    public void A_long_last_line_without_an_end_is_reported_too()
    {
        var (lines, tooLong) = Split($"one\n{new string('x', 300_000)}");

        Assert.Equal([(1, "one")], lines);
        Assert.Equal([(2, 300_000)], tooLong);
    }

    [Fact]
    public void An_empty_stream_has_no_lines()
    {
        var (lines, tooLong) = Split("");

        Assert.Empty(lines);
        Assert.Empty(tooLong);
    }

    private static (List<(long, string)> Lines, List<(long, long)> TooLong) Split(string text, int bytesARead = int.MaxValue)
    {
        var lines = new List<(long, string)>();
        var tooLong = new List<(long, long)>();
        using var stream = new Trickle(Encoding.UTF8.GetBytes(text), bytesARead);
        foreach (var block in new LineSplitter(stream, () => 0).Blocks())
        {
            lines.AddRange(block.Lines.Select(line => (line.Number, Encoding.UTF8.GetString(block.Bytes, line.Start, line.Length))));
            tooLong.AddRange(block.TooLong);
        }
        return (lines, tooLong);
    }

    /// <summary>Gives a few bytes at each read, as a decompressing stream may.</summary>
    private sealed class Trickle(byte[] bytes, int bytesARead) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, bytesARead)]);
    }
}
