using System.Text;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Suppressions;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Response.Suppressions;

/// <summary>Lists of opt-outs as people's tools write them. In texts, a bar stands for the end of a line.</summary>
public sealed class OptOutFileTests
{
    private const string Ada = "ada@customer.example";

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecipientKey Key = new(new byte[32]);

    private readonly Recipients _recipients = new(new InMemoryEntityStore(), new VirtualClock(Now));
    private readonly List<string> _told = [];

    [Theory]
    [InlineData("email;created\r\nada@customer.example;31/01/2026\r\n", "2026-01-31")]
    [InlineData("email;created\nada@customer.example;31.01.2026\n", "2026-01-31")]
    [InlineData("email;created\nada@customer.example;05.06.2026\n", "2026-06-05")]
    [InlineData("email,created\nada@customer.example,01/31/2026 9:30 PM\n", "2026-01-31T21:30")]
    [InlineData("email\tcreated\nada@customer.example\t31-01-2026 09:30\n", "2026-01-31T09:30")]
    [InlineData("email|created\nada@customer.example|2026-01-31\n", "2026-01-31")]
    [InlineData("email,created\nada@customer.example,20260131\n", "2026-01-31")]
    [InlineData("email,created\nada@customer.example,31 Jan 2026\n", "2026-01-31")]
    [InlineData("email,created\nada@customer.example,1769850000\n", "2026-01-31T09:00")]
    [InlineData("email,created\nada@customer.example,1769850000000\n", "2026-01-31T09:00")]
    [InlineData("sep=;\nemail;created\nada@customer.example;2026-01-31\n", "2026-01-31")]
    [InlineData("\ufeffsep=;\r\nemail;created\r\nada@customer.example;2026-01-31\r\n", "2026-01-31")]
    [InlineData("email,created\rada@customer.example,2026-01-31\r", "2026-01-31")]
    // The other rows tell the order of days and months.
    [InlineData("email,created\nada@customer.example,05/06/2026\nbob@customer.example,13/06/2026\n", "2026-06-05")]
    [InlineData("email,created\nada@customer.example,05/06/2026\nbob@customer.example,06/13/2026\n", "2026-05-06")]
    public async Task Dates_are_read_where_they_cannot_be_misread(string csv, string at)
    {
        var done = await ImportAsync(csv);

        Assert.Equal((0, 0), (done.Faults, done.Notes));
        Assert.Equal(at, (await AtAsync(Ada))?.ToString(at.Length == 10 ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm"));
    }

    [Theory]
    [InlineData("05/06/2026")]
    [InlineData("05/06/26")]
    [InlineData("05/06/2026 10:00 +02:00")]
    [InlineData("12:30")]
    [InlineData("-99999999999")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    [InlineData("46053")]
    [InlineData("31.02.2026")]
    [InlineData("yesterday")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 2026")]
    [InlineData("١٢/٠١/٢٠٢٦")]
    [InlineData("99999999999999999999999999")]
    public async Task Who_opted_out_on_a_day_that_cannot_be_read_is_suppressed_as_of_now_and_it_is_told(string time)
    {
        Assert.Equal(new SuppressionsImported(1, 1, 0, 0, 1), await ImportAsync($"email;created\n{Ada};{time}\n"));

        Assert.Equal(Now, await AtAsync(Ada));
        Assert.StartsWith(
            $"line 2: found \"{(time.Length > 60 ? time[..60] + "…" : time)}\" as the time, expected ",
            Assert.Single(_told),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Dates_that_contradict_each_other_are_not_guessed()
    {
        const string Csv = "email,created\na@x.example,31/01/2026\nb@x.example,01/31/2026\nc@x.example,02/03/2026\n";

        Assert.Equal(new SuppressionsImported(3, 3, 0, 0, 3), await ImportAsync(Csv));
        Assert.Equal(Now, await AtAsync("c@x.example"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with mark")]
    [InlineData("utf-16")]
    [InlineData("utf-16 with mark")]
    [InlineData("utf-16BE")]
    [InlineData("utf-16BE with mark")]
    [InlineData("utf-32 with mark")]
    public async Task Letters_are_read_in_every_encoding_that_says_what_it_is(string name)
    {
        var encoding = Encoding.GetEncoding(name.Split(' ')[0]);
        const string Csv = "adresse;motif\r\nada@bücher.example;désabonnée\r\nbob@customer.example;ok\r\n";
        byte[] file = [.. name.EndsWith("mark", StringComparison.Ordinal) ? encoding.GetPreamble() : [], .. encoding.GetBytes(Csv)];

        Assert.Equal(new SuppressionsImported(2, 2, 0, 0), await ImportAsync(file));

        Assert.Equal("import:désabonnée", (await StateAsync("ada@xn--bcher-kva.example")).SuppressedBy);
    }

    [Fact]
    public async Task Of_a_file_in_eight_bits_addresses_in_ASCII_are_read_and_others_told()
    {
        byte[] file = Encoding.Latin1.GetBytes("e-mail;raison\nada@customer.example;désabonnée\nbob@bücher.example;ok\n");

        Assert.Equal(new SuppressionsImported(1, 1, 0, 1), await ImportAsync(file));

        Assert.NotNull(await AtAsync(Ada));
        Assert.StartsWith(
            "line 3: found \"bob@bücher.example\" in a file whose letters are not sure",
            Assert.Single(_told),
            StringComparison.Ordinal
        );
    }

    [Theory]
    // SendGrid: bounces, unsubscribes, a group's.
    [InlineData("status,reason,email,created|5.1.1,\"550 no such user, gone\",ada@customer.example,1443651125|", 1, 0)]
    [InlineData("email,created|ada@customer.example,1443651141|", 1, 0)]
    // Mailchimp: unsubscribed and cleaned.
    [InlineData(
        "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,LEID,NOTES,TAGS|"
            + "ada@customer.example,Ada,Lovelace,2,\"2015-09-30 22:12:05\",,\"2026-01-31 09:30:00\",Hello,NORMAL,1,,\"\"\"a\"\",\"\"b\"\"\"|",
        1,
        0
    )]
    [InlineData("Email Address,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE|ada@customer.example,2026-01-31 09:30:00,Hello|", 1, 0)]
    // Postmark.
    [InlineData(
        "EmailAddress,SuppressionReason,Origin,CreatedAt|ada@customer.example,HardBounce,Recipient,2026-01-31T09:30:00-05:00|",
        1,
        0
    )]
    // HubSpot: everybody, with who opted out.
    [InlineData(
        "Record ID,Email,Unsubscribed from all email,Create Date|1,ada@customer.example,true,2015-09-30|2,bob@customer.example,false,2015-09-30|",
        1,
        1
    )]
    // Customer.io, and others that give out everybody.
    [InlineData("id,email,unsubscribed,created_at|7,ada@customer.example,true,1443651125|8,bob@customer.example,,1443651125|", 1, 1)]
    [InlineData("email,status|ada@customer.example,unsubscribed|bob@customer.example,Subscribed|", 1, 1)]
    [InlineData("email,accepts_marketing|ada@customer.example,no|bob@customer.example,yes|", 1, 1)]
    // Headers in other words, or in none.
    [InlineData("Adresse e-mail;Date de désinscription;Motif|ada@customer.example;31/01/2026;trop|", 1, 0)]
    [InlineData("Courriel;Désinscrit|ada@customer.example;oui|", 1, 0)]
    [InlineData("E-Mail-Adresse;Abgemeldet am;Grund|ada@customer.example;31.01.2026;zu viel|", 1, 0)]
    [InlineData("Correo electrónico;Fecha de baja|ada@customer.example;31/01/2026|", 1, 0)]
    [InlineData("Opt-out date,E-MAIL ADDRESS|2026-01-31,ada@customer.example|", 1, 0)]
    [InlineData("recipient,unsubscribed_at|ada@customer.example,2026-01-31T09:30:00Z|", 1, 0)]
    [InlineData("Sähköposti;Syy|ada@customer.example;kiitos|", 1, 0)]
    [InlineData("ada@customer.example|bob@customer.example|", 2, 0)]
    [InlineData("7;ada@customer.example;x|8;bob@customer.example;y|", 2, 0)]
    // Addresses as they are written.
    [InlineData("email|\"Lovelace, Ada\" <ada@customer.example>|bob@|", 1, 1)]
    [InlineData("email|\"\"\"Lovelace, Ada\"\" <ada@customer.example>\"|<mailto:BOB@customer.example>|", 2, 0)]
    [InlineData("email|=\"ada@customer.example\"|'bob@customer.example'|", 2, 0)]
    [InlineData("email,reason|\"ada@customer.example; bob@customer.example\",x|", 0, 1)]
    public async Task Lists_of_every_maker_are_read_line_by_line(string csv, int entries, int faults)
    {
        var done = await ImportAsync(csv.Replace('|', '\n'));

        Assert.True((entries, faults) == (done.Entries, done.Faults), $"{done}: {string.Join("; ", _told)}");
        Assert.Equal(entries > 0, await AtAsync(Ada) is not null);
    }

    [Theory]
    [InlineData("email,created|ada@customer.example,2026-01-31|", "50 4b 03 04", "found a workbook or another archive")]
    [InlineData("", "1f 8b 08 00", "found a compressed file")]
    [InlineData("email|ada@customer.example|", "65 6d 00", "found bytes that are neither")]
    [InlineData("email,reason|ada@customer.example,é|", "e9 0a", "found bytes that are neither")]
    [InlineData("email,reason|ada@customer.example,|", "81 0a", "found bytes that are neither")]
    [InlineData("home,work|ada@customer.example,ada@work.example|", "", "line 1: found addresses in 2 columns")]
    [InlineData("name,city|Ada,London|", "", "line 1: found columns \"name\", \"city\"")]
    public async Task What_cannot_be_read_with_certainty_is_refused_whole(string csv, string more, string expected)
    {
        byte[] text = Encoding.UTF8.GetBytes(csv.Replace('|', '\n'));
        byte[] bytes = Convert.FromHexString(more.Replace(" ", "", StringComparison.Ordinal));
        byte[] file = more.StartsWith("50", StringComparison.Ordinal) ? [.. bytes, .. text] : [.. text, .. bytes];

        var refused = await Assert.ThrowsAsync<SuppressionFileException>(() => ImportAsync(file));

        Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
        Assert.Null(await AtAsync(Ada));
    }

    [Fact]
    public async Task Names_that_nobody_knows_are_told()
    {
        await ImportAsync("Sähköposti;Syy\nada@customer.example;kiitos\n");

        Assert.Equal(
            "line 1: found \"Sähköposti\", \"Syy\", read as the names of columns; one named \"email\" was expected",
            Assert.Single(_told)
        );
    }

    private Task<SuppressionsImported> ImportAsync(string csv) => ImportAsync(Encoding.UTF8.GetBytes(csv));

    private async Task<SuppressionsImported> ImportAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return await new SuppressionImport(_recipients, Key, new VirtualClock(Now)).RunAsync(
            stream,
            fault => _told.Add(fault.ToString()),
            TestContext.Current.CancellationToken
        );
    }

    private async Task<RecipientState> StateAsync(string email) =>
        await _recipients.GetAsync(Key.Of(email), TestContext.Current.CancellationToken);

    private async Task<DateTimeOffset?> AtAsync(string email) => (await StateAsync(email)).SuppressedAt;
}
