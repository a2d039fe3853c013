using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// What alerts and digests say beside their evidence: who, at what level, what they pay, until when, who is to be talked to, what was
/// answered and written. A sentence that is not here is a fault.
/// </summary>
internal sealed partial class TeamClaims(TeamRecord record)
{
    private const string Level = "critical|at risk|on watch|healthy";
    private const string Facts =
        "(?<strategic> \\(strategic\\))?(?:, (?<price>[\\d,.]+) USD a month(?<after> after the trial)?)?(?:, (?<plan>free|basic|pro|enterprise))?"
        + $"(?:, renews on (?<renews>{Said.AnyDate}))?(?:, on trial until (?<trial>\\d+ \\p{{L}}+))?";

    private const string NoHelp = "two messages did not help";
    private const string Links = " I am on it () · Tomorrow () · False alarm ()";

    /// <summary>Null where all that a row of a list says is so; else what is not.</summary>
    /// <param name="row">The row, without its dash and its links' addresses.</param>
    /// <param name="mail">The mail.</param>
    /// <param name="factsOf">What is known of an account.</param>
    public string? Row(string row, OutreachRecord mail, Func<string, TeamFacts?> factsOf)
    {
        if (RowShape().Match(row) is not { Success: true } match)
            return "nobody has proved it";
        var said = new Said(match);
        if (factsOf(said["id"]) is not { } facts || facts.Account.Name != said["name"])
            return "no such account";
        if (Recovered().Match(said["rest"]) is { Success: true } recovered)
            return LevelFault(new Said(recovered), facts);
        if (Listed().Match(said["rest"]) is not { Success: true } listed)
            return "nobody has proved it";
        var (rest, evidence) = Parts(listed);
        return FactsFault(rest, facts)
            ?? LevelFault(rest, facts)
            ?? EvidenceFault(rest, evidence, facts)
            ?? NewsFault(rest["came"], mail, facts)
            ?? (rest.Has("contacts") ? ContactsFault(rest["contacts"], facts, evidence) : null)
            ?? (rest.Has("ask") ? AskFault(rest["ask"], rest["came"]) : null)
            ?? (rest.Has("reminder") ? ReminderFault(facts) : null)
            ?? AnswerFault(rest, facts);
    }

    /// <summary>What stands after the level, read from its end; what is left is the evidence.</summary>
    private static (Said Said, string Evidence) Parts(Match listed)
    {
        var parts = new List<Match> { listed };
        string left = listed.Groups["tail"].Value;
        if (left.EndsWith(Links, StringComparison.Ordinal))
            left = left[..^Links.Length];
        foreach (var ending in new[] { Answer(), Silent(), Ask(), TalkTo() })
        {
            if (ending.Match(left) is not { Success: true } found)
                continue;
            parts.Add(found);
            left = found.Groups["left"].Value;
        }
        if (Caused().Match(left) is { Success: true } caused && IsCause(caused.Groups["cause"].Value))
        {
            parts.Add(caused);
            left = caused.Groups["left"].Value;
        }
        return (new Said([.. parts]), left.Trim());
    }

    /// <summary>Null where the first lines of an alert, who and how, are so.</summary>
    public string? Line(string line, OutreachRecord mail, TeamFacts facts)
    {
        if (AlertLevel().Match(line) is { Success: true } level)
        {
            var said = new Said(level);
            return said["name"] != facts.Account.Name ? "another account" : LevelFault(said, facts) ?? NewsFault(said["came"], mail, facts);
        }
        if (AlertFacts().Match(line) is { Success: true } known)
        {
            var said = new Said(known);
            return said.Has("csm") && said["csm"] != facts.Account.Csm ? "another manager" : FactsFault(said, facts);
        }
        if (AlertContacts().Match(line) is { Success: true } contacts)
        {
            var said = new Said(contacts);
            return ContactsFault(said["contacts"], facts) ?? (said.Has("ask") ? AskFault(said["ask"], "") : null);
        }
        if (Goal().Match(line) is { Success: true } goal)
            return goal.Groups["goal"].Value == facts.LastSaid("goal", "") ? null : "another goal";
        if (HandedOver().Match(line) is { Success: true } handed)
            return HandedOverFault(handed.Groups["cause"].Value, facts);
        if (Sure().Match(line) is { Success: true } sure)
        {
            var said = new Said(sure);
            return said.Amount("sure") is < 1 or > 100 || (said.Has("people") && said.Count("people") > facts.People.Count())
                ? "more than there are"
                : null;
        }
        if (LastOfWeek().Match(line) is { Success: true } last)
            return WeekFault(new Said(last), mail, facts, weeksBack: 0);
        return "nobody has proved it";
    }

    /// <summary>Null where a week's alerts at once are used up, as is said.</summary>
    public string? UsedUp(string line, OutreachRecord mail, TeamFacts facts) =>
        UsedUp().Match(line) is { Success: true } match ? WeekFault(new Said(match), mail, facts, weeksBack: 1) : "nobody has proved it";

    /// <summary>Null where a line of what was written to the customer is so.</summary>
    public string? Written(string line, TeamFacts facts)
    {
        if (WrittenLine().Match(line) is not { Success: true } match)
            return "nobody has proved it";
        var said = new Said(match);
        return record.Outreach.Any(message => IsIt(message, said, facts)) ? null : "not true";
    }

    private static bool IsIt(OutreachRecord message, Said said, TeamFacts facts)
    {
        bool sent = message.SentAt <= facts.Moment;
        var at = sent ? message.SentAt!.Value : message.PlannedAt;
        return message.Kind == OutreachKind.Message
            && message.AccountId == facts.Account.Id
            && message.To == said["to"]
            && CauseNames.Of(message.Cause).In("en") == said["cause"]
            && message.PlannedAt <= facts.Moment
            && said.IsDay("on", Days.Of(at))
            && (said.Has("subject") ? sent && Plain(message.Message!.Subject) == said["subject"] : !sent)
            && said["state"] switch
            {
                "sent" => sent && message.State == OutreachState.Sent,
                "planned" => !sent
                    && message.State is OutreachState.Planned or OutreachState.Sent or OutreachState.Suppressed or OutreachState.Expired,
                "not sent, a rule held it back" => message.State == OutreachState.Suppressed,
                "not sent in time" => message.State == OutreachState.Expired,
                _ => message.State == OutreachState.HeldOut,
            }
            && (!said.Has("reached") || message.GoalReached == true);
    }

    /// <summary>With spaces of one kind.</summary>
    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private string? EvidenceFault(Said said, string evidence, TeamFacts facts) =>
        said.Has("since") && !said.IsDay("since", Days.Of(record.At(facts.Account.Id, facts.Moment).Since)) ? "another day"
        : said.Has("silent") && said["silent"] != facts.Account.Csm ? "another manager"
        : evidence.Length > 0 ? EvidenceClaims.Fault(evidence, facts)
        : null;

    private static string? FactsFault(Said said, TeamFacts facts) =>
        said.Has("strategic") != facts.Account.Strategic ? "strategic, or not"
        : !IsPrice(said, facts) ? "another price"
        : said.Has("plan") && said["plan"] != facts.LastSaid("plan", "plan") ? "another plan"
        : said.Has("renews") && !(said.IsDay("renews", facts.RenewsOn) && facts.RenewsOn >= facts.Today) ? "another renewal"
        : said.Has("trial") && !(said.IsDay("trial", facts.TrialEndsOn) && facts.TrialEndsOn >= facts.Today) ? "another end of a trial"
        : null;

    /// <summary>What they pay, or will once the trial is over.</summary>
    public static bool IsPrice(Said said, TeamFacts facts) =>
        (said.Has("price") ? said.Amount("price") : 0) == facts.Price
        && (!said.Has("price") || said.Has("after") == facts.TrialEndsOn > facts.Today);

    /// <summary>Level, score and what was before, by the last look at the account before the mail left.</summary>
    private string? LevelFault(Said said, TeamFacts facts)
    {
        var now = record.At(facts.Account.Id, facts.Moment);
        return LevelName(now.Level) != said["level"] ? $"the level is {LevelName(now.Level)}"
            : said.Has("score") && said.Count("score") != now.Score ? $"the score is {now.Score}"
            : said.Has("before") && said["before"] != LevelName(now.Before) ? $"before it was {LevelName(now.Before)}"
            : null;
    }

    /// <summary>Nothing that is called new was called so before to the same reader, within one alert.</summary>
    private string? NewsFault(string came, OutreachRecord mail, TeamFacts facts)
    {
        string[] causes = [.. came.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(cause => cause != NoHelp)];
        if (causes.FirstOrDefault(cause => !IsCause(cause)) is { } unknown)
            return $"{unknown} is no cause";
        if (causes.Length == 0 || came.EndsWith(NoHelp, StringComparison.Ordinal))
            return null;
        var told = Told(mail, facts).SelectMany(earlier => earlier.Split(", ")).ToHashSet(StringComparer.Ordinal);
        return causes.FirstOrDefault(told.Contains) is { } known ? $"{known} was told before" : null;
    }

    /// <summary>What was called new to the mail's reader before, of the alert that it tells of.</summary>
    private IEnumerable<string> Told(OutreachRecord mail, TeamFacts facts)
    {
        string account = facts.Account.Id;
        string? alert =
            mail.AlertId
            ?? mail.Variables.Digest!.Alerts.Concat(mail.Variables.Digest.Unanswered).FirstOrDefault(line => line.Id == account)?.AlertId;
        foreach (
            var earlier in record
                .SentTo(mail.To, OutreachKind.Alert, mail.SentAt!.Value)
                .Where(earlier => earlier.AlertId == alert && earlier.SentAt < mail.SentAt)
        )
            yield return string.Join(", ", earlier.Variables.Alert!.NewCauses);
        foreach (
            var earlier in record.SentTo(mail.To, OutreachKind.Digest, mail.SentAt!.Value).Where(earlier => earlier.SentAt < mail.SentAt)
        )
        {
            foreach (var line in earlier.Variables.Digest!.Alerts.Where(line => line.AlertId == alert))
                yield return line.Came;
        }
    }

    public static string? ContactsFault(string contacts, TeamFacts facts, string evidence = "") =>
        contacts
            .Split("; ")
            .Select(contact =>
                Contact().Match(contact) is { Success: true } match
                && facts.Called(match.Groups["name"].Value) is { } person
                && person.Email == match.Groups["address"].Value
                && string.Equals(person.Role.ToString(), match.Groups["role"].Value, StringComparison.OrdinalIgnoreCase)
                && facts.People.Contains(person)
                    ? evidence.StartsWith($"{person.Name}, who carried", StringComparison.Ordinal)
                        ? $"{person.Name} is gone"
                        : null
                    : $"nobody is {contact}"
            )
            .FirstOrDefault(fault => fault is not null);

    private static string? AskFault(string ask, string came) =>
        CauseCatalogue.All.Any(cause =>
            cause.Questions.Any(question => question.In("en") == ask)
            && (came.Length == 0 || came.StartsWith(cause.Name.In("en"), StringComparison.Ordinal))
        )
            ? null
            : "another question";

    private string? AnswerFault(Said said, TeamFacts facts)
    {
        var answer = record.LastAnswer(facts.Account.Id, facts.Moment);
        var told = record.LastTold(facts.Account.Id, facts.Moment);
        if (said.Has("by"))
            return answer is { Action: "alert.acknowledged" } && answer.Who == said["by"] ? null : "nobody acknowledged it";
        if (said.Has("snoozer"))
        {
            return
                answer is { Action: "alert.snoozed" }
                && answer.Who == said["snoozer"]
                && Until(answer) is var until
                && said.IsDay("until", Days.Of(until))
                ? null
                : "nobody snoozed it";
        }
        bool isAnswered =
            answer is not null
            && !(told > answer.At)
            && !(answer.Action == "alert.snoozed" && Until(answer) <= facts.Moment)
            && answer.Action != "alert.resolved";
        if (said.Has("open") || said.Has("late"))
            return isAnswered ? "somebody answered it"
                : said.Has("late") && !(told < facts.Moment.AddHours(-24)) ? "it is not late"
                : null;
        return null;
    }

    /// <summary>Somebody put it off, and that time is over.</summary>
    private string? ReminderFault(TeamFacts facts) =>
        record.LastAnswer(facts.Account.Id, facts.Moment) is { Action: "alert.snoozed" } answer && Until(answer) <= facts.Moment
            ? null
            : "nobody put it off until now";

    private static DateTimeOffset Until(Core.State.Audit.AuditEntry answer) =>
        DateTimeOffset.ParseExact(
            answer.Detail[(answer.Detail.IndexOf("until ", StringComparison.Ordinal) + 6)..].Replace(" UTC", "", StringComparison.Ordinal),
            "yyyy-MM-dd HH:mm",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal
        );

    /// <summary>Two messages about it went to somebody there.</summary>
    private string? HandedOverFault(string cause, TeamFacts facts) =>
        record.Outreach.Count(message =>
            message is { Kind: OutreachKind.Message, State: OutreachState.Sent }
            && message.AccountId == facts.Account.Id
            && message.SentAt <= facts.Moment
            && CauseNames.Of(message.Cause).In("en") == cause
        ) >= 2
            ? null
            : "two messages did not go";

    /// <summary>So many alerts went to the reader at once in the mail's week, or in the one before where the list is of its end.</summary>
    private string? WeekFault(Said said, OutreachRecord mail, TeamFacts facts, int weeksBack)
    {
        var zone = facts.Model.TimeZone;
        int WeekOf(DateTimeOffset at) => Days.MondayOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).DayNumber);
        int week = WeekOf(mail.SentAt!.Value);
        var went = record.SentTo(mail.To, OutreachKind.Alert, mail.SentAt.Value).ToLookup(alert => WeekOf(alert.SentAt!.Value));
        int most = Enumerable.Range(0, weeksBack + 1).Max(back => went[week - (7 * back)].Count());
        return said.Count("most") == facts.Model.Alerts.AtOncePerWeek && most == said.Count("most") ? null : $"{most} went";
    }

    private static bool IsCause(string name) => CauseCatalogue.All.Any(cause => cause.Name.In("en") == name);

    private static string LevelName(RiskLevel level) =>
        level switch
        {
            RiskLevel.Critical => "critical",
            RiskLevel.AtRisk => "at risk",
            RiskLevel.Watch => "on watch",
            _ => "healthy",
        };
}
