using Signals.Core.Response.Messages;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Messages.Tests;

/// <summary>
/// What a stranger chooses (names, ids, plans, goals, comments) and has us mail to others under the company's name: no mail program may
/// find an address in it that it would make a link of, nor a number to call.
/// </summary>
public sealed class PhishingTests
{
    private static readonly HandlebarsMessageRenderer Renderer = new(TemplateSource.Embedded, ["en", "fr"]);

    private static readonly string[] Lures =
    [
        "Pay at https://evil.example/pay",
        "Pay at HTTP:\\\\evil.example",
        "evil.example",
        "evil。example/pay",
        "www.evil",
        "help@evil.example",
        "call 0900 123 45 67 now",
        "ftp://evil.example",
    ];

    public static TheoryData<string, string, string> CustomerLures()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string name in TemplateNames.BuiltIn.Where(name => !TemplateNames.IsForTeam(name)))
        {
            foreach (string locale in (string[])["en", "fr"])
            {
                foreach (string lure in Lures)
                    data.Add(name, locale, lure);
            }
        }
        return data;
    }

    public static TheoryData<string, string, string> TeamLures()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string name in TemplateNames.BuiltIn.Where(TemplateNames.IsForTeam))
        {
            foreach (string locale in (string[])["en", "fr"])
            {
                foreach (string lure in Lures.Where(lure => !lure.Contains('@', StringComparison.Ordinal)))
                    data.Add(name, locale, lure);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(CustomerLures))]
    public void A_customers_mail_says_nothing_of_what_a_stranger_wrote_to_lure(string name, string locale, string lure)
    {
        var mail = Renderer.Render(
            name,
            locale,
            Variables.Full(name) with
            {
                PersonName = lure,
                PersonEmail = "victim@acme.example",
                AccountName = lure,
                AccountId = lure,
                Plan = lure,
                Goal = lure,
            }
        );

        foreach (string part in (string[])[mail.Subject, mail.Text, mail.Html])
        {
            Assert.DoesNotContain("evil", part, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("0900", part, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(CustomerLures))]
    public void An_account_without_a_name_is_not_called_by_an_id_that_anybody_may_choose(string name, string locale, string lure)
    {
        var mail = Renderer.Render(name, locale, Variables.Full(name) with { AccountName = "", AccountId = lure });
        Assert.DoesNotContain("evil", mail.Subject + mail.Text + mail.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(TeamLures))]
    public void The_team_reads_what_was_written_and_nothing_of_it_leads_anywhere(string name, string locale, string lure)
    {
        var given = Variables.For(name, locale);
        MessageEvidence[] evidence = [new("They wrote: " + lure, lure, lure, "")];
        MessageDigestAccount Lured(MessageDigestAccount account) =>
            account with
            {
                Name = lure,
                Id = lure,
                Evidence = lure,
                Answer = new MessageAnswer("acknowledged", lure, ""),
            };
        var mail = Renderer.Render(
            name,
            locale,
            given with
            {
                AccountName = lure,
                AccountId = lure,
                Plan = lure,
                Goal = lure,
                Evidence = evidence,
                RaisedBy = [lure],
                Causes = [.. given.Causes.Select(cause => cause with { Evidence = evidence })],
                Alert = given.Alert is { } alert
                    ? alert with
                    {
                        Csm = lure,
                        SnoozedBy = lure,
                        Messages = [new MessageSent("usage", lure, "2026-03-01", "sent", lure, false)],
                    }
                    : null,
                Digest = given.Digest is { } digest
                    ? digest with
                    {
                        Worse = [.. digest.Worse.Select(Lured)],
                        Open = [.. digest.Open.Select(Lured)],
                        Recovered = [.. digest.Recovered.Select(Lured)],
                    }
                    : null,
                Letter = given.Letter is { } letter
                    ? letter with
                    {
                        Subject = lure,
                        Lines = [lure],
                        Quote = lure,
                        ActionLabel = lure,
                        After = lure,
                        Why = lure,
                    }
                    : null,
                Report = given.Report is { } report
                    ? report with
                    {
                        Topics = [.. report.Topics.Select(topic => topic with { Text = lure })],
                    }
                    : null,
            }
        );

        foreach (string part in (string[])[mail.Subject, mail.Text, mail.Html])
        {
            Assert.DoesNotContain("evil.example", part, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("evil。example", part, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("www.evil", part, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("https://evil", part, StringComparison.OrdinalIgnoreCase);
        }
        if (name != TemplateNames.TeamFooter)
            Assert.Contains(lure[..3], mail.Text + mail.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann@acme.example wrote it", "ann@acme.example wrote it")]
    [InlineData("(ann@acme.example),", "(ann@acme.example),")]
    [InlineData("3.5 of 10, e.g. v2.1", "3.5 of 10, e\u2060.g. v2.1")]
    [InlineData("Fine. Thanks", "Fine. Thanks")]
    [InlineData("https://ann@evil.example/pay", "https:\u2060//ann@evil\u2060.example/pay")]
    [InlineData("@channel", "@\u2060channel")]
    public void Mail_addresses_numbers_and_sentences_stay_as_they_are(string text, string unlinked) =>
        Assert.Equal(unlinked, Unlinked.Of(text));

    [Theory]
    [InlineData("Acme Inc.", false)]
    [InlineData("St. Mary’s", false)]
    [InlineData("Studio 54", false)]
    [InlineData("Route 2000 & Co.", false)]
    [InlineData("24/7 Help", false)]
    [InlineData("Booking.com", true)]
    [InlineData("0900-123-4567", true)]
    public void Ordinary_names_are_names(string name, bool isLure) => Assert.Equal(isLure, Unlinked.IsNeeded(name));
}
