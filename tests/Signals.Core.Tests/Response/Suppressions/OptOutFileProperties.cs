using CsCheck;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Suppressions;
using Signals.Testing;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Response.Suppressions;

/// <summary>What holds of every list and every spelling. A sample that fails prints its seed, which <c>seed:</c> takes to repeat it.</summary>
public sealed class OptOutFileProperties
{
    private static readonly RecipientKey Key = new(new byte[32]);

    [Fact]
    public async Task Of_any_file_each_row_is_an_entry_or_a_named_fault_and_nobody_is_lost() =>
        await OptOutFile.Any.SampleAsync(CheckAsync, iter: LongTests.Samples(2_000, 20_000, 100_000), print: file => file.ToString());

    [Fact]
    public void Every_spelling_of_a_mailbox_is_one_recipient_and_can_be_sent_to() =>
        Spellings.Sample(
            pair =>
            {
                Assert.True(Mailbox.AreSame(pair.One, pair.Other), $"{pair}");
                Assert.Equal(Key.Of(pair.One), Key.Of(pair.Other));
                var mailbox = Mailbox.Parse(pair.One)!;
                Assert.Equal(mailbox.Address, Mailbox.Parse(mailbox.Address)!.Address);
                if (mailbox.IsPlain)
                    Assert.Equal(mailbox.Address, MailHeader.Ascii(mailbox.Address));
                else
                    Assert.Throws<InvalidMailException>(() => MailHeader.Ascii(mailbox.Address));
            },
            iter: LongTests.Samples(20_000, 200_000, 1_000_000)
        );

    [Fact]
    public void Nothing_that_is_written_breaks_the_reading() =>
        Gen.Char["ab@.<>\"'(),;: \t\r\nmailto%40=ü\u0301\u200b\u200d\uff20\ud800\udc00\0xn-"]
            .Array[0, 60]
            .Sample(
                chars =>
                {
                    if (Mailbox.Parse(new string(chars)) is not { } mailbox)
                        return;
                    Assert.Equal(mailbox.Identity, Mailbox.Parse(mailbox.Address)?.Identity);
                    Assert.Equal(mailbox.Identity, Mailbox.Parse(mailbox.Identity)?.Identity);
                    Assert.DoesNotContain(mailbox.Address, char.IsControl);
                    Assert.True(!mailbox.IsPlain || System.Text.Ascii.IsValid(mailbox.Address));
                },
                iter: LongTests.Samples(50_000, 400_000, 2_000_000),
                print: chars => string.Join(' ', chars.Select(c => ((int)c).ToString("x4")))
            );

    private static async Task CheckAsync(OptOutFile file)
    {
        var recipients = new Recipients(
            new InMemoryEntityStore(),
            new VirtualClock(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero))
        );
        var faults = new HashSet<int>();
        using var stream = new MemoryStream(file.Bytes());
        SuppressionsImported? done = null;
        try
        {
            done = await new SuppressionImport(recipients, Key, new VirtualClock(DateTimeOffset.UnixEpoch.AddYears(57))).RunAsync(
                stream,
                fault =>
                {
                    if (!fault.IsTaken)
                        Assert.True(faults.Add(fault.Line), $"line {fault.Line} is told twice");
                },
                TestContext.Current.CancellationToken
            );
        }
        catch (SuppressionFileException)
        {
            Assert.False(file.IsNamed, "A file that names its column of addresses is read.");
        }
        if (done is not null)
            Assert.Equal((file.Rows.Count, faults.Count), (done.Entries + done.Faults, done.Faults));
        for (int i = 0; i < file.Rows.Count; i++)
        {
            var row = file.Rows[i];
            bool isSuppressed = (await recipients.GetAsync(Key.Of(row.Email), TestContext.Current.CancellationToken)).IsSuppressed(null);
            Assert.Equal(done is not null && !faults.Contains(file.FirstLine + i), isSuppressed);
            Assert.True(row.IsAddress || !isSuppressed);
        }
    }

    /// <summary>One way to write an address, of the domain in letters or in ASCII.</summary>
    private static Gen<Func<string, string, string>> Spelling { get; } =
        Gen.Select(
            Gen.OneOf<Func<string, string>>(
                domain => domain,
                domain => domain.ToUpperInvariant(),
                domain => domain + ".",
                domain => MailDomain.Ascii(domain)!,
                domain => MailDomain.Ascii(domain)!.ToUpperInvariant(),
                domain => domain.Replace('.', '。'),
                domain => domain.Replace("ü", "u\u0308", StringComparison.Ordinal)
            ),
            Gen.OneOf<Func<string, string>>(local => local, local => local.ToUpperInvariant(), local => local.Insert(0, "\u200b")),
            Gen.OneOf<Func<string, string>>(
                address => address,
                address => $"  {address}\t",
                address => $"<{address}>",
                address => $"\"Ann, Lee\" <{address}>",
                address => $"mailto:{address}",
                address => $"'{address}'",
                address => $"\u00a0{address};",
                address => $"{address} (Ann)",
                address => address.Replace("@", " @ ", StringComparison.Ordinal)
            ),
            (ofDomain, ofLocal, around) => (Func<string, string, string>)((local, domain) => around($"{ofLocal(local)}@{ofDomain(domain)}"))
        );

    private static Gen<(string One, string Other)> Spellings { get; } =
        Gen.Select(
            Gen.Char["abcXYZ019.+-_"].Array[1, 12].Select(chars => new string(chars)),
            Gen.OneOf("customer.example", "bücher.example", "пример.рф", "がくせい.example", "a-b.c1.example", "faß.example"),
            Spelling,
            Spelling,
            (local, domain, one, other) => (one(local, domain), other(local, domain))
        );
}
