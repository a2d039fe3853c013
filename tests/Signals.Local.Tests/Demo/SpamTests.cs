using System.Text;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Local.Mail;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;
using Signals.Smtp;
using Signals.Testing;

namespace Signals.Local.Tests.Demo;

/// <summary>
/// The demo's mails as a spam filter sees them, of each template, language and occasion some, or all of them under
/// <c>SIGNALS_LONG_TESTS=all</c>.
/// </summary>
[Collection(PlayedDemoTests.Name)]
public sealed class SpamTests(PlayedDemo demo)
{
    /// <summary>A mail is spam from 5 on.</summary>
    private const double Most = 0.5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_mail_to_customers_or_team_has_anything_of_spam()
    {
        Assert.SkipWhen(SpamAssassin.Find() is null, SpamAssassin.HowTo);
        int ofEach = LongTests.Samples(few: 1, many: 2, most: int.MaxValue);
        var records = demo
            .Summary.Outreach.Where(record => record.State == OutreachState.Sent && File.Exists(PathOf(record)))
            .GroupBy(record => (record.Template, record.Locale, record.FollowsUp is null))
            .SelectMany(kind => kind.OrderBy(record => record.SentAt).Take(ofEach))
            .ToList();
        var mails = records.ConvertAll(record => (What: $"{record.Template} in {record.Locale}", Bytes: File.ReadAllBytes(PathOf(record))));
        mails.AddRange(records.DistinctBy(record => record.Template).Where(IsForCustomers).Select(InGerman));
        Assert.True(mails.Count >= 30, $"{mails.Count} mails");

        var scores = await SpamAssassin.AskAsync(mails.ConvertAll(mail => mail.Bytes), Cancel);

        var faults = mails
            .Zip(scores, (mail, said) => (mail.What, said.Score, said.Rules))
            .Where(mail => mail.Score > Most)
            .Select(mail => $"{mail.What}: {mail.Score} ({mail.Rules})")
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_mail_that_is_spam_is_told()
    {
        Assert.SkipWhen(SpamAssassin.Find() is null, SpamAssassin.HowTo);
        // The test string that every installation takes for spam, put together here so that no filter takes this file for it.
        string test = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
        string mail = $"From: a@nimbus.example\nTo: b@nimbus.example\nSubject: Hello\nDate: Wed, 18 Mar 2026 10:30:00 +0000\n\n{test}\n";

        var (score, rules) = Assert.Single(await SpamAssassin.AskAsync([Encoding.ASCII.GetBytes(mail)], Cancel));

        Assert.True(score > 100, $"{score}");
        Assert.Contains("GTUBE", rules, StringComparison.Ordinal);
    }

    private static bool IsForCustomers(OutreachRecord record) => record.Kind == OutreachKind.Message;

    private string PathOf(OutreachRecord record) => new OutboxEmailSender(Path.Combine(demo.Folder, "outbox")).PathOf(record.Id);

    /// <summary>The same mail to somebody who reads German, which nobody in the demo does.</summary>
    private static (string What, byte[] Bytes) InGerman(OutreachRecord record)
    {
        var message = new HandlebarsMessageRenderer(TemplateSource.Embedded, MessageLanguages.All).Render(
            record.Template,
            "de",
            record.Variables with
            {
                SenderName = "Das Nimbus-Team",
                PostalAddress = "Nimbus SAS, 12 rue des Nuages, 75011 Paris",
                UnsubscribeUrl = "https://signals.nimbus.example/u/token",
            }
        );
        var mail = new EmailMessage(
            record.Id,
            new EmailAddress("help@nimbus.example", "Das Nimbus-Team"),
            new EmailAddress(record.To, record.Variables.PersonName),
            new EmailAddress("help@nimbus.example"),
            message.Subject,
            message.Text,
            message.Html,
            record.SentAt ?? record.PlannedAt,
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["List-Unsubscribe"] = "<https://signals.nimbus.example/u/token>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            },
            record.Cause
        );
        return ($"{record.Template} in de", MimeMessages.Write(mail));
    }
}
