using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Answers;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Web.Dashboard.Alerts;

namespace Signals.Web.Dashboard.Account;

/// <summary>What the account's own rows tell: events that matter, mails, alerts, answers, tickets, levels, plan and price.</summary>
internal sealed class AccountTimeline(CauseWords causes) : ITimelineSource
{
    /// <summary>Of events that repeat, the newest days.</summary>
    private const int MostOfKind = 10;

    private const int MaxQuote = 160;

    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(Reader reader, AccountFile file, CancellationToken cancellationToken)
    {
        var names = file.People.ToDictionary(
            person => PersonKey.User(person.Id).Value,
            person => person.Name ?? person.Email ?? person.Id,
            StringComparer.Ordinal
        );
        IEnumerable<TimelineEntry> entries =
        [
            .. Beginnings(reader, file),
            .. Days(reader, file),
            .. Levels(reader, file),
            .. Money(reader, file),
            .. file.Outreach.Where(record => record.State != OutreachState.Planned).Select(record => Sent(reader, record)),
            .. Alerts(reader, file),
            .. file.Account.Feedback.Answers.Where(answer => !answer.IsEmpty).Select(answer => Answer(reader, answer, names)),
            .. file.Account.Tickets.All.SelectMany(ticket => Of(reader, file, ticket, names)),
        ];
        return Task.FromResult<IReadOnlyList<TimelineEntry>>([
            .. entries.OrderByDescending(entry => entry.At).Take(TimelineSection.MostOfSource),
        ]);
    }

    /// <summary>What happens once: the first of each step, of each key feature, and of value.</summary>
    private static IEnumerable<TimelineEntry> Beginnings(Reader reader, AccountFile file)
    {
        var usage = file.Usage;
        if (file.Facts.CreatedAt is { } created)
            yield return new TimelineEntry(created, $"{reader.Say("Became a customer")}");
        // Days before those are forgotten: their first value is no customer's first.
        if (usage.FirstDay > file.Context.Today - History.RetentionDays && usage.FirstValueDay is { } value)
            yield return new TimelineEntry(At(value), $"{reader.Say("First value")}") { Tone = "good" };
        foreach (var step in file.Model.Onboarding)
        {
            var name = Html.Isolated(step.Name.In(reader.Language));
            if (usage.FirstOf(step.Done) is { } done)
                yield return new TimelineEntry(done, reader.SayHtml($"Step done: {name}")) { Tone = "good" };
            if (usage.LastOf(step.Failed) is { } failed)
                yield return new TimelineEntry(failed, reader.SayHtml($"Step failed, last time: {name}")) { Tone = "bad" };
        }
        foreach (var feature in file.Model.FeaturesOf(file.Facts.Plan).Where(feature => feature.Key))
        {
            if (usage.FirstOf(feature.Events) is { } first)
                yield return new TimelineEntry(first, reader.SayHtml($"First used: {Html.Isolated(feature.Name.In(reader.Language))}"));
        }
    }

    /// <summary>Events that say much, on the days on which they came.</summary>
    private static IEnumerable<TimelineEntry> Days(Reader reader, AccountFile file)
    {
        var model = file.Model;
        return
        [
            .. On(file, model.LeaveIntent, reader.Say("Looked at the way out"), "bad"),
            .. On(file, model.Churn.Events, reader.Say("Left"), "bad"),
            .. On(file, model.Churn.Returned, reader.Say("Came back"), "good"),
            .. On(file, model.Billing.Failed, reader.Say("A payment failed"), "bad"),
            .. On(file, model.Billing.Recovered, reader.Say("A payment succeeded"), ""),
            .. On(file, model.Expansion.Limits, reader.Say("Met a limit of the plan"), "warn"),
        ];
    }

    private static IEnumerable<TimelineEntry> On(AccountFile file, IReadOnlyList<string> events, string what, string tone) =>
        file
            .Usage.DaysOf(events, int.MinValue, file.Context.Today)
            .Reverse()
            .Take(MostOfKind)
            .Select(day => new TimelineEntry(At(day), $"{what}") { Tone = tone });

    private static IEnumerable<TimelineEntry> Levels(Reader reader, AccountFile file)
    {
        var points = file.Review?.Trail.Points ?? [];
        for (int i = 1; i < points.Count; i++)
        {
            var (before, after) = (points[i - 1], points[i]);
            if (before.Level == after.Level)
                continue;
            yield return new TimelineEntry(
                At(after.Day),
                reader.SayHtml($"Risk: {Dashboard.Levels.Badge(reader, before.Level)} → {Dashboard.Levels.Badge(reader, after.Level)}")
            )
            {
                Tone = after.Level > before.Level ? "bad" : "good",
                More = $"{reader.Say($"score {before.Score} to {after.Score}, health {before.Health} to {after.Health}")}",
            };
        }
    }

    private static IEnumerable<TimelineEntry> Money(Reader reader, AccountFile file)
    {
        foreach (var (day, before, after) in file.Account.Prices.Changes)
            yield return new TimelineEntry(
                At(day),
                $"{reader.Say($"Pays another price: {reader.Price(before)}, then {reader.Price(after)}")}"
            )
            {
                Tone = after > before ? "good" : "warn",
            };
        foreach (var (day, before, after) in file.Account.Plans.Changes)
            yield return new TimelineEntry(At(day), reader.SayHtml($"Another plan: {Html.Isolated(before)}, then {Html.Isolated(after)}"));
    }

    private TimelineEntry Sent(Reader reader, OutreachRecord record)
    {
        Html subject = record.Message?.Subject is { Length: > 0 } text
            ? Html.Isolated(text)
            : Html.Of($"{causes.NameWithKind(reader, record.Cause, record.Detail)}");
        return new TimelineEntry(
            record.SentAt ?? record.PlannedAt,
            $"""{OutreachWords.Kind(reader, record.Kind)}{reader.Colon}<a href="{Links.Message(record.Id)}">{subject}</a>"""
        )
        {
            More = Html.Join(
                " · ",
                OutreachWords.State(reader, record.State),
                Html.Isolated(record.To),
                record.GoalReached == true ? Html.Of($"{reader.Say("goal reached")}") : Html.Empty
            ),
        };
    }

    private IEnumerable<TimelineEntry> Alerts(Reader reader, AccountFile file)
    {
        if (file.Alert is not { } alert)
            yield break;
        Html why =
            alert.Causes.Count == 0 ? Html.Empty : Html.Of($"{causes.NameWithKind(reader, alert.Causes[0].Id, alert.Causes[0].Detail)}");
        yield return new TimelineEntry(alert.RaisedAt, $"{reader.Say("Alert raised")}") { Tone = "bad", More = why };
        foreach (var answer in alert.Answers)
            yield return new TimelineEntry(answer.At, AlertWords.Answered(reader, answer));
    }

    private static TimelineEntry Answer(Reader reader, FeedbackAnswer answer, Dictionary<string, string> names)
    {
        string kind = answer.Kind switch
        {
            FeedbackKind.Nps => "NPS",
            FeedbackKind.Csat => "CSAT",
            FeedbackKind.Ces => "CES",
            _ => reader.Say("On leaving"),
        };
        Html score = double.IsNaN(answer.Score) ? Html.Empty : $" <strong>{reader.Amount(answer.Score)}</strong>";
        return new TimelineEntry(answer.At, $"{kind}{score}{Quote(answer.Comment)}")
        {
            More = Name(answer.Person, names),
            Tone =
                answer.Kind == FeedbackKind.Nps && answer.Score >= 9 ? "good"
                : answer.Kind == FeedbackKind.Nps && answer.Score <= 6 ? "bad"
                : "",
        };
    }

    private static IEnumerable<TimelineEntry> Of(Reader reader, AccountFile file, Ticket ticket, Dictionary<string, string> names)
    {
        if (ticket.OpenedAt is { } opened)
            yield return new TimelineEntry(opened, $"{reader.Say("Ticket opened")}{Quote(ticket.Text)}")
            {
                More = ticket.Person is { } person ? Name(person, names) : Html.Empty,
                Tone = "warn",
            };
        var times = TicketTimes.Of(file.Context, ticket);
        if (ticket.AnsweredAt is { } answered)
        {
            bool late = times?.WasAnsweredLate == true;
            yield return new TimelineEntry(
                answered,
                $"{(late ? reader.Say("Ticket answered, later than agreed") : reader.Say("Ticket answered"))}"
            )
            {
                Tone = late ? "warn" : "good",
            };
        }
        if (ticket is { IsOpen: false, SolvedAt: { } solved })
        {
            bool late = times?.WasSolvedLate == true;
            yield return new TimelineEntry(
                solved,
                $"{(late ? reader.Say("Ticket solved, later than agreed") : reader.Say("Ticket solved"))}"
            )
            {
                Tone = late ? "warn" : "good",
            };
        }
    }

    private static Html Quote(string? text)
    {
        if (text is not { Length: > 0 })
            return Html.Empty;
        string cut = Excerpt.Of(text, MaxQuote);
        return $" <q>{Html.Isolated(cut)}</q>";
    }

    private static Html Name(string key, Dictionary<string, string> names) =>
        Html.Isolated(names.GetValueOrDefault(key) ?? Core.Platform.Storage.StorageKey.Decode(new PersonKey(key).ProvisionalId));

    /// <summary>Noon of a UTC day: the same day for most readers.</summary>
    private static DateTimeOffset At(int day) => Core.Platform.Time.Days.Start(day).AddHours(12);
}
