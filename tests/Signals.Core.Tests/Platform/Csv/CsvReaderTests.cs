using System.Text;
using Signals.Core.Platform.Csv;

namespace Signals.Core.Tests.Platform.Csv;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1:a|b 2:1|2")]
    [InlineData("a,b\r\n1,2\r\n", "1:a|b 2:1|2")]
    [InlineData("a,b\r1,2\r", "1:a|b 2:1|2")]
    [InlineData("a,b\n1,2", "1:a|b 2:1|2")]
    [InlineData("a;b\n1,5;2\n", "1:a|b 2:1,5|2")]
    [InlineData("a\tb\n1\t\n", "1:a|b 2:1|")]
    [InlineData("sep=;\r\na;b\r\n", "2:a|b")]
    [InlineData("\ufeffSEP=|\na|b,c\n", "2:a|b,c")]
    [InlineData("\n\n  \na,b\n\r\n1,2\n", "4:a|b 6:1|2")]
    [InlineData("a,b\n,\n\"\"\n", "1:a|b 2:| 3:")]
    [InlineData("a,b\n\"1,\"\"x\"\"\", \"2\" \n", "1:a|b 2:1,\"x\"|2")]
    [InlineData("a,b\n\"two\nlines\",2\n3,4\n", "1:a|b 2:two/lines|2 4:3|4")]
    [InlineData("a,b\n27\" wide,2\n3,\"x\" y\n", "1:a|b 2:27\" wide|2 3:3|x y")]
    [InlineData("a,b\n1,\"open\n3,4\n5,6\n", "1:a|b 2! 3:3|4 4:5|6")]
    [InlineData("a,b\n1,\"open\n3,\"shut\" x\n5,6\n", "1:a|b 2! 3:3|shut x 4:5|6")]
    [InlineData("a,b\n1,\"open", "1:a|b 2!")]
    [InlineData("", "")]
    [InlineData("\r\n", "")]
    public async Task Records_are_read_as_people_s_tools_write_them(string csv, string expected) =>
        Assert.Equal(expected, await ReadAsync(new StringReader(csv)));

    [Fact]
    public async Task A_record_that_is_too_long_is_passed_over()
    {
        string tooLong = new('x', CsvReader.MaxRecordChars + 1);

        Assert.Equal("1:a|b 2! 3:1|2", await ReadAsync(new StringReader($"a,b\n{tooLong}\n1,2\n")));
        Assert.Equal("1:a|b 2! 3:1|2", await ReadAsync(new StringReader($"a,b\r\n\"{tooLong}{tooLong}{tooLong}\r\n1,2")));
        Assert.Equal("1:a|b 2!", await ReadAsync(new StringReader($"a,b\n{tooLong}{tooLong}")));
        Assert.Equal(
            "1:a|b 2! 3:1|2",
            await ReadAsync(new StringReader($"a,b\n1,\"open\n{string.Concat(Enumerable.Repeat("1,2\n", 20_000))}"), most: 3)
        );
    }

    [Fact]
    public async Task Every_line_belongs_to_one_record_however_the_file_comes()
    {
        const string Letters = "a,;\"\"\n\r ";
        var random = new Random(20261128);
        for (int file = 0; file < 20_000; file++)
        {
            string csv = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)]));

            string whole = await ReadAsync(new StringReader(csv));

            Assert.Equal(whole, await ReadAsync(new TricklingReader(csv)));
        }
    }

    [Fact]
    public async Task Records_on_the_border_of_what_is_read_at_once_are_whole()
    {
        var csv = new StringBuilder("a,b\n");
        for (int i = 0; i < 20_000; i++)
            csv.Append(i).Append(",\"x\"\"").Append(i).Append("\r\n\"\r\n");

        var reader = new CsvReader(new StringReader(csv.ToString()));
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        for (int i = 0; i < 20_000; i++)
        {
            var record = await reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal((2 + i * 2, 2, $"{i}", $"x\"{i}\r\n"), (record!.Line, record.Lines, record.Fields[0], record.Fields[1]));
        }
        Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Lines_of_a_record_can_be_read_again_by_themselves()
    {
        var reader = new CsvReader(new StringReader("a,b\n1,\"open\n3,4\n5,shut\"\n7,8\n"));
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        var joined = await reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, 3), (joined!.Line, joined.Lines));

        reader.ReadAgainByLine();

        Assert.Equal("2:1|\"open 3:3|4 4:5|shut\" 5:7|8", await ReadAsync(reader));
    }

    private static Task<string> ReadAsync(TextReader csv, int most = int.MaxValue) => ReadAsync(new CsvReader(csv), most);

    /// <summary>Each record with its line, a fault as "!"; and no line is in two or left out but empty ones.</summary>
    private static async Task<string> ReadAsync(CsvReader reader, int most = int.MaxValue)
    {
        var read = new List<string>();
        int next = 1;
        while (read.Count < most && await reader.ReadAsync(TestContext.Current.CancellationToken) is { } record)
        {
            Assert.True(record.Line >= next && record.Lines > 0, $"line {record.Line} after {next}");
            next = record.Line + record.Lines;
            Assert.Equal(record.Fault is null, record.Fields.Count > 0);
            read.Add(record.Line + (record.Fault is null ? ":" + string.Join('|', record.Fields).ReplaceLineEndings("/") : "!"));
        }
        return string.Join(' ', read);
    }

    /// <summary>A character at a time.</summary>
    private sealed class TricklingReader(string text) : TextReader
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == text.Length)
                return ValueTask.FromResult(0);
            buffer.Span[0] = text[_at++];
            return ValueTask.FromResult(1);
        }
    }
}
