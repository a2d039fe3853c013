using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Audit;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Tests.Demo;

/// <summary>How many mails of what kind the demo's 90 days brought to whom, and when: what people have to live with.</summary>
/// <param name="outreach">Everything that was planned.</param>
/// <param name="audit">What colleagues answered.</param>
/// <param name="cast">The accounts.</param>
/// <param name="team">The zone of the team.</param>
internal sealed class DemoMailFigures(
    IReadOnlyList<OutreachRecord> outreach,
    IReadOnlyList<AuditEntry> audit,
    IReadOnlyDictionary<string, StoryAccount> cast,
    TimeZoneInfo team
)
{
    private const int QuietFrom = 20;
    private const int QuietTo = 8;
    private const int TeamMorning = 7;

    private readonly List<OutreachRecord> _sent =
    [
        .. outreach
            .Where(record => record is { State: OutreachState.Sent, SentAt: not null, Message: not null })
            .OrderBy(record => record.SentAt),
    ];

    public IReadOnlyList<OutreachRecord> ToCustomers => [.. _sent.Where(record => record.Kind == OutreachKind.Message)];

    public IReadOnlyList<OutreachRecord> Alerts => [.. _sent.Where(record => record.Kind == OutreachKind.Alert)];

    public IReadOnlyList<OutreachRecord> Digests => [.. _sent.Where(record => record.Kind == OutreachKind.Digest)];

    /// <summary>How many people got one mail, two, ...</summary>
    public IReadOnlyDictionary<int, int> PeopleByMails =>
        ToCustomers
            .GroupBy(mail => mail.To, StringComparer.Ordinal)
            .GroupBy(person => person.Count())
            .OrderBy(group => group.Key)
            .ToDictionary(group => group.Key, group => group.Count());

    /// <summary>People who never got one.</summary>
    public int PeopleWithout => cast.Values.Sum(account => account.People.Count) - PeopleByMails.Values.Sum();

    /// <summary>Mails whose subject the same person had had before.</summary>
    public int SubjectsTwice => Repeated(mail => mail.Message!.Subject);

    /// <summary>Mails whose text the same person had had before; the links by which they stop it aside.</summary>
    public int TextsTwice =>
        Repeated(mail => string.Concat(mail.Message!.Text.Split("/u/").Select(part => part[(part.IndexOf(')') + 1)..])));

    /// <summary>Mails to customers that left between eight in the evening and eight in the morning where they live, or on a weekend.</summary>
    public int CustomersAtNight => ToCustomers.Count(mail => IsNight(mail, cast[mail.AccountId].TimeZone, QuietTo));

    /// <summary>Digests and reports that left before seven in the morning, in the evening or on a weekend.</summary>
    public int ListsAtNight =>
        _sent.Count(mail => mail.Kind is OutreachKind.Digest or OutreachKind.Report && IsNight(mail, team, TeamMorning));

    /// <summary>Alerts that left then: each tells of what cannot wait.</summary>
    public int AlertsAtNight => Alerts.Count(mail => IsNight(mail, team, TeamMorning));

    /// <summary>What each manager got in each week of the story, from the first to the last in which anybody got anything; sorted.</summary>
    public IReadOnlyList<int> AWeek(OutreachKind kind)
    {
        var managers = cast.Values.Select(account => account.Csm).Distinct(StringComparer.Ordinal).ToList();
        var weeks = _sent.Where(record => record.Kind != OutreachKind.Message).Select(record => WeekOf(record)).Distinct().ToList();
        return
        [
            .. from manager in managers
            from week in weeks
            let count = _sent.Count(record => record.Kind == kind && record.To == manager && WeekOf(record) == week)
            orderby count
            select count,
        ];
    }

    /// <summary>Alerts that were told somebody, by mail or list, and of these, how many somebody answered.</summary>
    public (int Answered, int Told) Answers
    {
        get
        {
            var told = Alerts
                .Select(mail => mail.AlertId!)
                .Concat(Digests.SelectMany(mail => mail.Variables.Digest!.Alerts.Select(line => line.AlertId)))
                .ToHashSet(StringComparer.Ordinal);
            var answered = audit
                .Where(entry => entry.Action.StartsWith("alert.", StringComparison.Ordinal))
                .Select(entry => entry.Subject)
                .ToHashSet(StringComparer.Ordinal);
            return (told.Count(answered.Contains), told.Count);
        }
    }

    private int Repeated(Func<OutreachRecord, string> what) =>
        ToCustomers.GroupBy(mail => (mail.To, what(mail))).Sum(same => same.Count() - 1);

    private int WeekOf(OutreachRecord record) =>
        Days.MondayOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(record.SentAt!.Value, team).DateTime).DayNumber);

    private static bool IsNight(OutreachRecord mail, TimeZoneInfo zone, int from)
    {
        var local = TimeZoneInfo.ConvertTime(mail.SentAt!.Value, zone);
        return local.Hour < from || local.Hour >= QuietFrom || local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
    }
}
