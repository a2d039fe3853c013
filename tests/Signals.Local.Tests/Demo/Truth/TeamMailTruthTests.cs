using System.Text.RegularExpressions;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Local.Demo;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// Every alert and digest of the demo's 90 days, line by line, held against the event stream as it was when the mail left, and against what
/// is on record: levels, answers, what was written.
/// </summary>
[Collection(PlayedDemoTests.Name)]
public sealed class TeamMailTruthTests(PlayedDemo demo)
{
    private readonly Dictionary<(string Account, int Day), TeamFacts> _facts = [];

    private ILookup<string, UsageEvent>? _events;

    [Fact]
    public void Every_line_of_every_alert_and_digest_was_true_when_it_left()
    {
        var proof = Proof();
        var faults = new List<string>();
        foreach (var mail in Mails)
        {
            foreach (var (line, fault) in proof.Faults(mail, mail.Message!.Subject, mail.Message.Text))
                faults.Add($"{fault}: {line} ({mail.Kind} to {mail.To}, {mail.SentAt:u})");
        }
        Assert.True(Mails.Count > 150, $"{Mails.Count} mails");
        Assert.True(faults.Count == 0, $"{faults.Count} lines of {Mails.Count} mails:\n{string.Join('\n', faults)}");
    }

    [Fact]
    public void Every_line_of_every_weekly_report_was_true_when_it_left()
    {
        var claims = ReportProof();
        var reports = Reports;
        var faults = reports
            .SelectMany(mail =>
                claims
                    .Faults(mail, mail.Message!.Subject, mail.Message.Text)
                    .Select(found => $"{found.Fault}: {found.Line} ({mail.SentAt:u})")
            )
            .ToList();
        Assert.InRange(reports.Count, 11, 13);
        Assert.True(faults.Count == 0, $"{faults.Count} lines of {reports.Count} reports:\n{string.Join('\n', faults)}");
    }

    /// <summary>What is changed in a mail that is true, so that it is not.</summary>
    public static TheoryData<string, string> Lies =>
        new()
        {
            { @"(?<=[ (*,])\d+ USD a month", "7 USD a month" },
            { @"(?<=renews on |Renews on )\d+ \p{L}+ \d{4}", "1 January 2031" },
            { @"(?<=on trial until |On trial until )\d+ \p{L}+", "31 December" },
            { @"(?<=: (?:critical|at risk|on watch) \()\d+", "99" },
            { @"(?<=: )at risk(?= \()", "critical" },
            { @"(?<=Risk score: )\d+", "3" },
            { @"(?<=Talk to:? )[\p{L} ]+", "Zaphod Beeblebrox" },
            { @"(?<=New: )[\p{L} ]+(?=\.)", "Delight of all" },
            { @"(?<=, )healthy(?= before)", "critical" },
            { @"(?<=Looked after by )\S+@", "zaphod@" },
            { @"(?<=They came for “)[^”]+", "a cup of tea" },
            { @"(?<=failed )(?:once|\d+ times)", "77 times" },
            { @"(?<=open since )\d+ \p{L}+", "1 January" },
            { @"(?<=unanswered since )\d+ \p{L}+", "1 January" },
            { @"(?<=minutes from )\d+ \p{L}+ \d{4}", "2 January 2024" },
            { @"(?<=could take over, last value on )\d+ \p{L}+", "1 January" },
            { @"(?<=\(\d+\)\.)(?= New:)", " Snoozed until now." },
            { @"(?<=who carried )\d+%", "3%" },
            { @"(?<=last seen getting any on )\d+ \p{L}+", "1 January" },
            { @"\d+(?=% under their own level)", "3" },
            { @"(?<=payment of )\d+", "7" },
            { @"(?<=wrote: ""|NPS of \d: "")[^""]+", "All is well" },
            { @"(?<=expected about )[\d.]+", "77777" },
            { @"(?<=(?:none|less|paid|minutes|done), since )\d+ \p{L}+ \d{4}", "1 January 2020" },
            { @"(?<=”, to )\S+(?=,)", "zaphod@elsewhere.example" },
            { @"(?<=Nothing )lately", "ever" },
            { @"(?<=/accounts/)[\w-]+", "elsewhere" },
            { @"(?=\n--)", "\nEverybody there loves it.\n" },
        };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_mail_that_is_not_so_is_found(string pattern, string lie)
    {
        var proof = Proof();
        var change = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var mails = Mails.Where(mail => change.IsMatch(mail.Message!.Text)).Take(3).ToList();

        Assert.NotEmpty(mails);
        Assert.All(mails, mail => Assert.NotEmpty(proof.Faults(mail, mail.Message!.Subject, change.Replace(mail.Message.Text, lie, 1))));
    }

    [Theory]
    [InlineData(OutreachKind.Digest, @"\d+(?= alert)", "77")]
    [InlineData(OutreachKind.Digest, "(?<=: )[^:]+(?= first)", "Elsewhere")]
    [InlineData(OutreachKind.Digest, @"[\d,]+(?= USD a month)", "7")]
    [InlineData(OutreachKind.Alert, "^[^(:]+", "Elsewhere ")]
    [InlineData(OutreachKind.Alert, "(?<=: )[^:]+$", "All is well")]
    public void A_subject_that_is_not_so_is_found(OutreachKind kind, string pattern, string lie)
    {
        var proof = Proof();
        var change = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var mail = Mails.First(mail => mail.Kind == kind && change.IsMatch(mail.Message!.Subject));

        Assert.NotEmpty(proof.Faults(mail, change.Replace(mail.Message!.Subject, lie, 1), mail.Message.Text));
    }

    [Theory]
    [InlineData(@"(?<=- )[\d,]+(?= USD a month at risk)", "7")]
    [InlineData(@"(?<=- )\d+(?= critical)", "77")]
    [InlineData(@"\d+(?= customers? recovered)", "77")]
    [InlineData(@"\d+(?= customers in all)", "7")]
    [InlineData(@"\d+(?= (?:more|fewer) than a week ago)", "77")]
    [InlineData(@"\d+(?= accounts are stuck)", "277")]
    [InlineData(@"(?<=- )\d+(?=% \()", "12")]
    [InlineData(@"(?=\n--)", "\nEverybody loves it.\n")]
    public void A_report_that_is_not_so_is_found(string pattern, string lie)
    {
        var claims = ReportProof();
        var change = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var mail = Reports.First(mail => change.IsMatch(mail.Message!.Text));

        Assert.NotEmpty(claims.Faults(mail, mail.Message!.Subject, change.Replace(mail.Message.Text, lie, 1)));
    }

    private List<OutreachRecord> Mails =>
        [
            .. demo
                .Summary.Outreach.Where(record =>
                    record is { Kind: OutreachKind.Alert or OutreachKind.Digest, State: OutreachState.Sent, Message: not null }
                )
                .OrderBy(record => record.SentAt),
        ];

    private List<OutreachRecord> Reports =>
        [
            .. demo
                .Summary.Outreach.Where(record => record is { Kind: OutreachKind.Report, Message: not null })
                .OrderBy(record => record.SentAt),
        ];

    private ReportClaims ReportProof() =>
        new(new StoryPortfolio(demo.Model, demo.Story.Begins, demo.Cast.Values, Events, demo.Looks), FactsOf);

    private TeamMailProof Proof() => new(new TeamRecord(demo.Looks, demo.Audit, demo.Summary.Outreach), FactsOf);

    private TeamFacts? FactsOf(string account, DateTimeOffset moment)
    {
        if (!demo.Cast.TryGetValue(account, out var cast))
            return null;
        var key = (account, Days.Of(moment));
        if (!_facts.TryGetValue(key, out var known) || known.Moment != moment)
            _facts[key] = known = new TeamFacts(demo.Model, cast, demo.Story.Begins, [.. Events[account]], moment);
        return known;
    }

    private ILookup<string, UsageEvent> Events =>
        _events ??= new DemoStory(demo.Model, StoryClock.LastDay(PlayedDemo.Now))
            .Tell()
            .SelectMany(day => day.InOrder())
            .ToLookup(usageEvent => usageEvent.GroupId!, StringComparer.Ordinal);
}
