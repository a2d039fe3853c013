using System.Text.RegularExpressions;
using Signals.Core.Intake.Events;
using Signals.Core.Response.Outreach;
using Signals.Local.Demo;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// Every mail to a customer in the demo's 90 days, line by line, held against the event stream as it was when the mail left.
/// </summary>
[Collection(PlayedDemoTests.Name)]
public sealed partial class MailTruthTests(PlayedDemo demo)
{
    [Fact]
    public void Every_line_of_every_mail_was_true_when_it_left()
    {
        var events = new DemoStory(demo.Model, StoryClock.LastDay(PlayedDemo.Now))
            .Tell()
            .SelectMany(day => day.InOrder())
            .ToLookup(usageEvent => usageEvent.GroupId!, StringComparer.Ordinal);
        var faults = new List<string>();
        int lines = 0;
        foreach (var mail in Mails)
        {
            var facts = FactsOf(mail, events[mail.AccountId]);
            foreach (string line in Lines(mail))
            {
                lines++;
                if (MailClaims.Fault(line, facts) is { } fault)
                    faults.Add($"{fault}: {line} ({mail.Template} to {mail.To}, {mail.SentAt:u})");
            }
        }
        Assert.True(lines > 10 * Mails.Count && Mails.Count > 200, $"{lines} lines of {Mails.Count} mails");
        Assert.True(faults.Count == 0, $"{faults.Count} of {lines} lines:\n{string.Join('\n', faults)}");
    }

    [Theory]
    [InlineData("Hello Zaphod,", "not true")]
    [InlineData("Your goal: “a cup of tea”.", "not true")]
    [InlineData("Your plan (pro) includes “Shared inbox”. Try it. As far as we can see, nobody at Elsewhere has used it yet.", "not true")]
    [InlineData("The payment of 7 USD for Nimbus (Elsewhere) did not go through on 1 May. Try again.", "not true")]
    [InlineData("You have saved 12 hours this week.", "nobody has proved it")]
    public void A_line_that_is_not_so_is_found(string line, string fault) =>
        Assert.Equal(fault, MailClaims.Fault(line, FactsOf(Mails[0], [])));

    [Fact]
    public void Nobody_is_sent_one_text_twice_nor_one_subject_within_ninety_days()
    {
        foreach (var person in Mails.GroupBy(mail => mail.To, StringComparer.Ordinal))
        {
            Assert.Distinct(person.Select(mail => Unsubscribing().Replace(mail.Message!.Text, "")));
            // The story is as long as that.
            Assert.Distinct(person.Select(mail => mail.Message!.Subject));
        }
    }

    [Fact]
    public void Whoever_hears_twice_hears_of_one_matter_or_of_another_after_weeks()
    {
        foreach (var person in Mails.GroupBy(mail => mail.To, StringComparer.Ordinal))
        {
            var told = person.OrderBy(mail => mail.SentAt).ToList();
            Assert.All(
                told.Where(mail => mail.FollowsUp is not null),
                mail =>
                    Assert.Contains(told, first => first.Id == mail.FollowsUp && first.Detail == mail.Detail && first.SentAt < mail.SentAt)
            );
            Assert.All(told.GroupBy(mail => (mail.Cause, mail.Detail)), matter => Assert.InRange(matter.Count(), 1, 2));
        }
    }

    [Fact]
    public void While_a_payment_fails_nobody_of_the_account_hears_of_anything_else()
    {
        var failing = Mails.Where(mail => mail.Cause == Core.Model.CauseIds.PaymentFailing).ToList();
        Assert.NotEmpty(failing);
        Assert.All(
            failing,
            payment =>
                Assert.DoesNotContain(
                    Mails,
                    mail => mail.AccountId == payment.AccountId && mail.Cause != payment.Cause && mail.SentAt > payment.SentAt
                )
        );
    }

    private List<OutreachRecord> Mails =>
        [
            .. demo
                .Summary.Outreach.Where(record => record is { Kind: OutreachKind.Message, State: OutreachState.Sent, Message: not null })
                .OrderBy(record => record.SentAt),
        ];

    private StoryFacts FactsOf(OutreachRecord mail, IEnumerable<UsageEvent> events)
    {
        StoryAccount account = demo.Cast[mail.AccountId];
        return new StoryFacts(
            demo.Model,
            account,
            account.People.Single(person => person.Email == mail.To),
            demo.Story.Begins,
            events,
            mail.SentAt!.Value
        );
    }

    /// <summary>A mail's lines with spaces of one kind, and without the link that is each mail's own.</summary>
    private static IEnumerable<string> Lines(OutreachRecord mail) =>
        Unsubscribing()
            .Replace(mail.Message!.Text, "()")
            .Replace('\u00a0', ' ')
            .Replace('\u202f', ' ')
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0);

    [GeneratedRegex(@"\(https?://[^)]*/u/[^)]*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unsubscribing();
}
