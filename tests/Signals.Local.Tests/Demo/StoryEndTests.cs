using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;
using Signals.Local.Demo.Scripts;

namespace Signals.Local.Tests.Demo;

[Collection(PlayedDemoTests.Name)]
public sealed class StoryEndTests(PlayedDemo demo)
{
    public static TheoryData<string> Scripts => [.. AllScripts.List.Select(script => script.Name)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_account_ends_as_its_part_means_it_to(string name)
    {
        var script = AllScripts.List.Single(script => script.Name == name);
        var played = demo.Summary.Accounts.Where(account => demo.Cast[account.Id].Script.Name == name).ToList();

        var others = played.Where(account => !Fits(account, script.End)).Select(Describe).ToList();

        Assert.Equal(script.Accounts, played.Count);
        Assert.True(others.Count == 0, $"{others.Count} of {played.Count} ended otherwise:\n{string.Join('\n', others)}");
    }

    [Fact]
    public void Nobody_was_sent_two_messages_within_the_cap()
    {
        var cap = demo.Model.Outreach.PerPerson;
        var sent = demo.Summary.Outreach.Where(record => record is { Kind: OutreachKind.Message, State: OutreachState.Sent });

        foreach (var person in sent.GroupBy(record => record.To, StringComparer.Ordinal))
        {
            var times = person.Select(record => record.SentAt!.Value).Order().ToList();
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromDays(cap.Days), person.Key));
        }
    }

    [Fact]
    public void Customers_who_are_well_hear_nothing_from_us()
    {
        var sent = OfWell().Where(record => record.Kind == OutreachKind.Message).Select(Describe).ToList();

        Assert.True(sent.Count == 0, string.Join('\n', sent));
    }

    [Fact]
    public void Managers_are_hardly_ever_alerted_of_customers_who_are_well()
    {
        // Several people of a small team on holiday at once look like the beginning of the end: that may happen now and then.
        var alone = OfWell().Where(record => record.Kind == OutreachKind.Alert).Select(Describe);
        var listed = Listed().Where(line => demo.Cast[line.Id].Script is SteadyScript or GrowingScript);

        List<string> sent = [.. alone, .. listed.Select(line => $"{line.Since} {line.Id} {line.News}")];

        Assert.True(sent.Count <= 2, string.Join('\n', sent));
    }

    [Fact]
    public void Recovered_accounts_did_what_the_message_was_about_after_it_was_sent()
    {
        var sent = demo
            .Summary.Outreach.Where(record =>
                record is { Kind: OutreachKind.Message, State: OutreachState.Sent, Detail: "import-users" }
                && demo.Cast[record.AccountId] is { Script: RecoveredScript } account
                && record.PersonId == account.Champion.Id
            )
            .ToList();

        Assert.NotEmpty(sent);
        var late = sent.Where(record => record.SentAt > DoneAt(record.AccountId))
            .Select(record => $"{record.SentAt:u} {record.To}")
            .ToList();
        Assert.True(late.Count == 0, string.Join('\n', late));

        DateTimeOffset DoneAt(string account) => demo.Story.Begins.AddDays(demo.Cast[account].CreatedOn + RecoveredScript.HelpedAfterDays);
    }

    [Fact]
    public void Mails_are_dated_within_the_story() =>
        Assert.All(
            demo.Summary.Outreach.Select(record => record.SentAt).OfType<DateTimeOffset>(),
            at => Assert.InRange(at, demo.Story.Begins, PlayedDemo.Now)
        );

    [Fact]
    public void The_team_has_its_digests_and_a_report_for_each_Monday_with_customers()
    {
        var reports = demo.Summary.Outreach.Where(record => record is { Kind: OutreachKind.Report, State: OutreachState.Sent }).ToList();
        Assert.All(reports, record => Assert.Equal(DayOfWeek.Monday, record.PlannedAt.DayOfWeek));
        Assert.InRange(reports.Count, 11, 13);
        Assert.Contains(reports, record => record.Variables.Report!.Topics.Any(topic => topic.WorthFixing));
        Assert.InRange(
            demo.Summary.Outreach.Count(record => record is { Kind: OutreachKind.Digest, State: OutreachState.Sent }),
            40,
            64 * 20
        );
        Assert.All(
            demo.Summary.Outreach.Where(record => record.Kind is OutreachKind.Digest or OutreachKind.Report),
            record => Assert.DoesNotContain(record.PlannedAt.DayOfWeek, new[] { DayOfWeek.Saturday, DayOfWeek.Sunday })
        );
    }

    [Fact]
    public void Alerts_are_told_for_every_reason_there_is()
    {
        var alone = demo
            .Summary.Outreach.Where(record => record is { Kind: OutreachKind.Alert, State: OutreachState.Sent })
            .Select(record => record.Variables.Alert!.Occasion)
            .ToHashSet(StringComparer.Ordinal);
        var listed = Listed().Select(line => line.Occasion).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(["raised", "worse"], StringComparer.Ordinal), alone);
        Assert.Superset(new HashSet<string>(["raised", "worse", "reminder", "escalated"], StringComparer.Ordinal), listed);
    }

    [Fact]
    public void A_manager_gets_one_list_a_morning_and_few_mails_beside_it()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var sent = demo
            .Summary.Outreach.Where(record => record.State == OutreachState.Sent && record.Kind != OutreachKind.Message)
            .Select(record => (record.Kind, record.To, At: TimeZoneInfo.ConvertTime(record.SentAt!.Value, zone)))
            .ToList();

        Assert.All(
            sent.Where(mail => mail.Kind == OutreachKind.Digest).GroupBy(mail => (mail.To, mail.At.Date)),
            mails => Assert.Single(mails)
        );
        Assert.All(
            sent.Where(mail => mail.Kind == OutreachKind.Alert)
                .GroupBy(mail => (mail.To, Week: Days.MondayOf(DateOnly.FromDateTime(mail.At.Date).DayNumber))),
            mails => Assert.InRange(mails.Count(), 1, demo.Model.Alerts.AtOncePerWeek)
        );
        Assert.All(
            sent.Where(mail => mail.Kind != OutreachKind.Alert),
            mail => Assert.True(mail.At.Hour is >= 7 and < 20 && mail.At.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        );
    }

    [Fact]
    public void No_two_mails_about_a_customer_have_one_subject()
    {
        var subjects = demo
            .Summary.Outreach.Where(record => record is { Kind: OutreachKind.Alert, State: OutreachState.Sent })
            .GroupBy(record => (record.To, record.Message!.Subject))
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(subjects);
    }

    private IEnumerable<MessageDigestAccount> Listed() =>
        demo
            .Summary.Outreach.Where(record => record.State == OutreachState.Sent)
            .SelectMany(record => record.Variables.Digest is { } digest ? digest.Alerts.Concat(digest.Unanswered) : []);

    private IEnumerable<OutreachRecord> OfWell() =>
        demo.Summary.Outreach.Where(record =>
            record is { State: OutreachState.Sent, Kind: OutreachKind.Message or OutreachKind.Alert }
            && demo.Cast[record.AccountId].Script is SteadyScript or GrowingScript
        );

    private static string Describe(OutreachRecord record) =>
        $"{record.PlannedAt:u} {record.AccountId} {record.To} {record.Cause}/{record.Detail}";

    private static bool Fits(AccountSummary account, StoryEnd end) =>
        account.Level >= end.Mildest
        && account.Level <= end.Worst
        && (end.Holds is null || account.Causes.Any(cause => cause.Id == end.Holds))
        && (
            end.Cause is null
            || (
                account.Causes.SkipWhile(cause => cause.Id == end.After).FirstOrDefault() is { } first
                && first.Id == end.Cause
                && (end.Detail is null || first.Detail == end.Detail)
            )
        );

    private static string Describe(AccountSummary account) =>
        $"{account.Id} ({account.Plan}, {account.People} people, {account.Active} active): {account.Level.Name()} {account.Score}, "
        + string.Join("; ", account.Causes.Select(cause => $"{cause.Id}/{cause.Detail} {cause.Confidence}: {cause.Evidence}"));
}
