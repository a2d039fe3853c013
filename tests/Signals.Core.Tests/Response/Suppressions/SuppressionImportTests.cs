using System.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Suppressions;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Response.Suppressions;

public sealed class SuppressionImportTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 9, 30, 0, TimeSpan.Zero);
    private static readonly RecipientKey Key = new(new byte[32]);

    private readonly Recipients _recipients = new(new InMemoryEntityStore(), new VirtualClock(Now));
    private readonly List<string> _faults = [];

    [Theory]
    // SendGrid's lists: bounces and blocks, unsubscribes, spam reports.
    [InlineData(
        "status,reason,email,created\n5.1.1,\"550 \"\"no such user\"\", gone\",ada@customer.example,1443651125\n",
        "import:5.1.1 550 \"no such user\", gone",
        1443651125
    )]
    [InlineData("email,created\r\nada@customer.example,1443651141\r\n", "import:", 1443651141)]
    [InlineData("email,created,ip\nada@customer.example,1443651154,10.63.202.100", "import:", 1443651154)]
    // Spreadsheets: semicolons, a byte order mark, names in capitals, times as people write them, milliseconds.
    [InlineData("\ufeffE-Mail;Date;Reason\nAda@Customer.example ;2015-09-30 22:12:05Z;asked us\n", "import:asked us", 1443651125)]
    [InlineData("Email Address\tCreated\nada@customer.example\t1443651125000\n", "import:", 1443651125)]
    // Nothing but addresses.
    [InlineData("ada@customer.example\n", "import:", 1768037400)]
    public async Task Lists_of_many_makers_are_understood(string csv, string by, long created)
    {
        Assert.Equal(new SuppressionsImported(1, 1, 0, 0), await ImportAsync(csv));

        var state = await StateAsync("ada@customer.example");
        Assert.Equal((by, DateTimeOffset.FromUnixTimeSeconds(created)), (state.SuppressedBy, state.SuppressedAt));
    }

    [Fact]
    public async Task Good_lines_are_imported_and_bad_ones_are_told_by_their_line()
    {
        var done = await ImportAsync(
            """
            email,created,reason,topic
            ada@customer.example,,,
            not an address,,,

            bob@customer.example,yesterday,,
            ,,,
            cid@customer.example,,"two
            lines",
            dan@customer.example,,,spam
            eve@customer.example,,,friction
            fay@customer.example,,"never closed
            """
        );

        Assert.Equal((4, 4, 1), (done.Suppressed, done.Faults, done.Notes));
        Assert.Equal(
            [
                "line 3: found \"not an address\", expected an e-mail address such as \"ada@customer.example\" (no @)",
                "line 5: found \"yesterday\" as the time, expected seconds since 1970 or a time such as \"2026-01-31T09:30:00Z\"; suppressed as of now",
                "line 6: found no address, expected one",
                "line 9: found topic \"spam\", expected a cause such as \"friction\", or nothing for every message",
                "line 11: found a double quote that is not closed, expected another one before the file ends",
            ],
            _faults
        );
        Assert.Equal("import:two lines", (await StateAsync("cid@customer.example")).SuppressedBy);
        var eve = await StateAsync("eve@customer.example");
        Assert.Equal((true, false), (eve.IsSuppressed(CauseIds.Friction), eve.IsSuppressed(null)));
    }

    [Theory]
    [InlineData("a1@x.example,ok|a2@x.example,27\" screen|a3@x.example,ok|a4@x.example,30\" screen|a5@x.example,ok", 5)]
    [InlineData("a1@x.example,ok|a2@x.example,\"27 inch|a3@x.example,ok|a4@x.example,\"30 inch|a5@x.example,ok", 3)]
    [InlineData("a1@x.example,ok|a2@x.example,\"27 inch|a3@x.example,ok|a4@x.example,30\"|a5@x.example,ok", 5)]
    [InlineData("a1@x.example,ok|a2@x.example,\"never closed|a3@x.example,ok|a4@x.example,ok|a5@x.example,ok", 4)]
    [InlineData("a1@x.example,\"a\" b|a2@x.example,ok|a3@x.example,|a4@x.example,ok|a5@x.example,ok,more", 5)]
    public async Task Nobody_is_lost_between_two_quotes(string rows, int suppressed)
    {
        foreach (string end in (string[])["\n", "\r\n", "\r"])
        {
            _faults.Clear();
            var store = new Recipients(new InMemoryEntityStore(), new VirtualClock(Now));

            var done = await new SuppressionImport(store, Key, new VirtualClock(Now)).RunAsync(
                File("email,note" + end + rows.Replace("|", end, StringComparison.Ordinal) + end),
                fault => _faults.Add(fault.ToString()),
                TestContext.Current.CancellationToken
            );

            Assert.Equal(new SuppressionsImported(suppressed, suppressed, 0, 5 - suppressed), done);
            Assert.Equal(5 - suppressed, _faults.Count);
        }
    }

    [Fact]
    public async Task Of_any_list_each_row_is_an_entry_or_a_fault()
    {
        const string Letters = "a\", x\"";
        var random = new Random(20261128);
        for (int file = 0; file < 2_000; file++)
        {
            int rows = random.Next(1, 9);
            string end = random.Next(3) switch
            {
                0 => "\n",
                1 => "\r\n",
                _ => "\r",
            };
            string csv = string.Concat(
                Enumerable
                    .Range(0, rows)
                    .Select(row =>
                        $"p{row}@x.example,"
                        + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)]))
                        + end
                    )
            );
            _faults.Clear();
            var store = new Recipients(new InMemoryEntityStore(), new VirtualClock(Now));

            var done = await new SuppressionImport(store, Key, new VirtualClock(Now)).RunAsync(
                File("email,note" + end + csv),
                fault => _faults.Add(fault.ToString()),
                TestContext.Current.CancellationToken
            );

            Assert.True(done.Entries + done.Faults == rows && done.Suppressed == done.Entries, $"{done} of {rows}: {csv}");
            for (int row = 0; row < rows; row++)
            {
                bool isTold = _faults.Any(fault => fault.StartsWith($"line {row + 2}:", StringComparison.Ordinal));
                Assert.NotEqual(
                    isTold,
                    (await store.GetAsync(Key.Of($"p{row}@x.example"), TestContext.Current.CancellationToken)).IsSuppressed("friction")
                );
            }
        }
    }

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        const string Csv = "email,reason\nada@customer.example,first\nADA@customer.example,again\n";

        Assert.Equal(new SuppressionsImported(2, 1, 1, 0), await ImportAsync(Csv));
        Assert.Equal(new SuppressionsImported(2, 0, 2, 0), await ImportAsync(Csv));
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task A_time_to_come_is_of_now()
    {
        await ImportAsync("email,created\nada@customer.example,4102444800\n");

        Assert.Equal(Now, (await StateAsync("ada@customer.example")).SuppressedAt);
    }

    [Theory]
    [InlineData("name,city\nAda,London\n", "line 1: found columns \"name\", \"city\", expected one named \"email\" (or \"recipient\")")]
    [InlineData(
        "\n\nPK\u0003\u0004 not a text\n",
        "line 3: found columns \"PK\\u0003\\u0004 not a text\", expected one named \"email\" (or \"recipient\")"
    )]
    public async Task A_file_that_is_no_list_is_refused(string csv, string expected) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<SuppressionFileException>(() => ImportAsync(csv))).Message);

    [Fact]
    public async Task An_empty_file_suppresses_nobody() => Assert.Equal(new SuppressionsImported(0, 0, 0, 0), await ImportAsync(""));

    [Fact]
    public async Task A_file_is_never_held_as_a_whole()
    {
        using var file = new EndlessFile(lines: 200_000, line: "no address at all\n");
        long furthest = 0;
        int told = 0;

        var done = await Import()
            .RunAsync(
                file,
                fault =>
                {
                    furthest = Math.Max(furthest, file.Position - (long)fault.Line * "no address at all\n".Length);
                    told++;
                },
                TestContext.Current.CancellationToken
            );

        Assert.Equal((200_000, 200_000), (done.Faults, told));
        Assert.InRange(furthest, 0, 64 * 1024);
    }

    [Fact]
    public async Task A_record_that_never_ends_is_told_and_passed_over()
    {
        var done = await ImportAsync($"email,reason\nada@customer.example,\"{new string('x', 100_000)}\nbob@customer.example,ok\n");

        Assert.Equal((1, 1), (done.Suppressed, done.Faults));
        Assert.StartsWith("line 2: found a record of more than 32768 characters", Assert.Single(_faults), StringComparison.Ordinal);
    }

    private SuppressionImport Import() => new(_recipients, Key, new VirtualClock(Now));

    private Task<SuppressionsImported> ImportAsync(string csv) =>
        Import().RunAsync(File(csv), fault => _faults.Add(fault.ToString()), TestContext.Current.CancellationToken);

    private async Task<RecipientState> StateAsync(string email) =>
        await _recipients.GetAsync(Key.Of(email), TestContext.Current.CancellationToken);

    private static MemoryStream File(string csv) => new(Encoding.UTF8.GetBytes(csv));

    /// <summary>The same line over and over, made as it is read.</summary>
    private sealed class EndlessFile(int lines, string line) : Stream
    {
        private const string Header = "email\n";

        public override long Length => Header.Length + (long)lines * line.Length;

        public override long Position { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int length = (int)Math.Min(count, Length - Position);
            for (int i = 0; i < length; i++, Position++)
                buffer[offset + i] = (byte)(
                    Position < Header.Length ? Header[(int)Position] : line[(int)((Position - Header.Length) % line.Length)]
                );
            return length;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }
    }
}
