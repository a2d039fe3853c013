using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// What the weekly report says, held against all accounts together: customers, levels and money exactly; who meets what by at least as many
/// of whom it is so; the rest by what the report itself says elsewhere.
/// </summary>
internal sealed partial class ReportClaims(StoryPortfolio portfolio, Func<string, DateTimeOffset, TeamFacts?> factsOf)
{
    private const int Week = 7;
    private const int DigestHour = 7;

    private static readonly string[] Headings =
    [
        "Money",
        "What to do this week",
        "What holds most customers back",
        "Who stays",
        "What messages achieved",
        "Alerts",
    ];

    /// <summary>The lines of a report that are not so, and why.</summary>
    /// <param name="mail">The report.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="text">Its text.</param>
    public IEnumerable<(string Line, string Fault)> Faults(OutreachRecord mail, string subject, string text)
    {
        List<string> lines = [.. TeamMailProof.Lines(text)];
        int day = lines
            .Select(line => CustomersOn().Match(line))
            .Where(match => match.Success)
            .Select(match => new Said(match).Day("day"))
            .First();
        if (day != Days.Of(mail.SentAt!.Value))
            yield return ("Customers on", "figures of another day");
        if (
            SubjectShape().Match(subject) is not { Success: true } about
            || !lines.Contains($"- {about.Groups["risk"].Value} at risk" + Rest(lines, about))
        )
            yield return (subject, "the money is another");
        foreach (string line in lines)
        {
            if (Headings.Contains(line) || CustomersOn().IsMatch(line) || IsHarmless(line))
                continue;
            if (Fault(line, lines, day, mail) is { } fault)
                yield return (line, fault);
        }
    }

    private static string Rest(List<string> lines, Match about)
    {
        string begins = $"- {about.Groups["risk"].Value} at risk";
        string line = lines.FirstOrDefault(line => line.StartsWith(begins, StringComparison.Ordinal)) ?? begins;
        return line[begins.Length..];
    }

    private string? Fault(string line, List<string> lines, int day, OutreachRecord mail)
    {
        int before = day - Week,
            monday = Days.MondayOf(day);
        if (AtRisk().Match(line) is { Success: true } risk)
        {
            double now = Exposed(day);
            var said = new Said(risk);
            return !IsMoney(said, "sum", now) ? $"{now} is at risk" : MoneyChangeFault(said, now - Exposed(before));
        }
        if (Moved().Match(line) is { Success: true } moved)
        {
            var said = new Said(moved);
            var who = said.Has("saved") ? portfolio.Recovered(Digest(monday - Week), Digest(day)) : portfolio.Left(monday - Week, day);
            return said.IsCount("accounts", who.Count) && IsMoney(said, "sum", portfolio.Pay(who, day))
                ? null
                : $"{who.Count} with {portfolio.Pay(who, day)}";
        }
        if (Level().Match(line) is { Success: true } level)
        {
            var said = new Said(level);
            var at = said["level"] switch
            {
                "critical" => RiskLevel.Critical,
                "at risk" => RiskLevel.AtRisk,
                _ => RiskLevel.Watch,
            };
            int now = portfolio.At(at, day).Count;
            return !said.IsCount("accounts", now) ? $"{now} are" : ChangeFault(said, now - portfolio.At(at, before).Count);
        }
        if (InAll().Match(line) is { Success: true } all)
            return new Said(all).IsCount("accounts", portfolio.Customers(day).Count) ? null : $"{portfolio.Customers(day).Count} are";
        if (Topic().Match(line) is { Success: true } topic)
            return TopicFault(new Said(topic), day);
        if (Stay().Match(line) is { Success: true } stay)
            return StayFault(new Said(stay), day);
        if (Talk().Match(line) is { Success: true } talk)
            return TalkFault(new Said(talk), mail);
        if (Fix().Match(line) is { Success: true } fix)
            return lines.Exists(other => other.StartsWith($"- {fix.Groups["what"].Value}: worth a product fix", StringComparison.Ordinal))
                ? null
                : "no such topic";
        if (Late().Match(line) is { Success: true } late)
            return lines.Exists(other =>
                other.Contains($"{late.Groups["late"].Value} of them for longer than agreed", StringComparison.Ordinal)
            )
                ? null
                : "another number";
        if (Waiting().Match(line) is { Success: true } waiting)
            return new Said(waiting) is var said && (!said.Has("late") || said.Count("late") <= said.Count("open"))
                ? null
                : "more than there are";
        return Effect().IsMatch(line) || Footnote().IsMatch(line) ? null : "nobody has proved it";
    }

    /// <summary>The digest's hour in the team's zone.</summary>
    private DateTimeOffset Digest(int day) => portfolio.InZone(day, DigestHour);

    private double Exposed(int day) =>
        portfolio.Pay([.. portfolio.At(RiskLevel.AtRisk, day), .. portfolio.At(RiskLevel.Critical, day)], day);

    private static bool IsMoney(Said said, string place, double actual) =>
        Math.Abs((said.Has(place) ? said.Amount(place) : 0) - actual) < 0.5;

    private static string? MoneyChangeFault(Said said, double difference) =>
        !said.Has("change") ? null
        : Math.Abs(difference) < 0.5 ? (said.Has("same") ? null : "it is as much")
        : said["way"] == (difference > 0 ? "more" : "less") && Math.Abs(said.Amount("by") - Math.Abs(difference)) < 0.5 ? null
        : $"it changed by {difference}";

    private static string? ChangeFault(Said said, int difference) =>
        !said.Has("change") ? null
        : difference == 0 ? (said.Has("same") ? null : "it is as many")
        : said["way"] == (difference > 0 ? "more" : "fewer") && said.IsCount("by", Math.Abs(difference)) ? null
        : $"it changed by {difference}";

    private string? TopicFault(Said said, int day) =>
        said.Has("risk") && said.Count("risk") > said.Count("accounts") ? "more at risk than there are"
        : said.Count("accounts") > portfolio.Customers(day).Count ? "more than there are"
        : said["what"].Contains(": ", StringComparison.Ordinal) ? (IsCause(said["what"].Split(": ")[1]) ? null : "no cause")
        : said.Count("accounts") <= portfolio.Meeting(said["what"], day) ? null
        : $"only {portfolio.Meeting(said["what"], day)} do";

    private string? StayFault(Said said, int day)
    {
        if (said.Amount("low") > said.Amount("share") || said.Amount("high") < said.Amount("share"))
            return "outside its interval";
        if (said.Has("value"))
            return null;
        var (stayed, of) = portfolio.Retention(day);
        // In the first week not everybody who was there has been looked at.
        if (portfolio.IsFirstWeek(day) && said.Count("of") <= of)
            return said.IsPercent("share", (double)stayed / of) ? null : $"{stayed} of {of}";
        return said.IsCount("of", of) && said.IsPercent("share", (double)stayed / of) ? null : $"{stayed} of {of}";
    }

    private string? TalkFault(Said said, OutreachRecord mail)
    {
        var facts = portfolio
            .Customers(Days.Of(mail.SentAt!.Value))
            .Where(account => account.Name == said["account"])
            .Select(account => factsOf(account.Id, mail.SentAt!.Value))
            .FirstOrDefault();
        return facts is null ? "no such customer"
            : !IsCause(said["cause"]) ? "no cause"
            : !TeamClaims.IsPrice(said, facts) ? $"they pay {facts.Price}"
            : said.Has("who") ? TeamClaims.ContactsFault(said["who"], facts)
            : null;
    }

    private static bool IsCause(string name) => CauseCatalogue.All.Any(cause => cause.Name.In("en") == name);

    private static bool IsHarmless(string line) =>
        line
            is "--"
                or "Open the dashboard"
                or "None waits for an answer."
                or "Signals sends this on Mondays. It is for your team, not for the customer."
        || line.StartsWith("http", StringComparison.Ordinal);

    private const string Money = "[\\d,.]+";
    private const string Change = $"(?<change>, (?:(?<same>as many as)|(?<by>{Money}) (?<way>more|fewer) than) a week ago)?";

    [GeneratedRegex(
        $"^Nimbus, the week: (?<risk>nothing|{Money} USD a month) at risk(?:, {Money} USD a month saved)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex SubjectShape();

    [GeneratedRegex($"^Customers on (?<day>{Said.AnyDate})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CustomersOn();

    [GeneratedRegex(
        $"^- (?:nothing|(?<sum>{Money}) USD a month) at risk(?<change>, (?:(?<same>as much as)|(?<by>{Money}) USD (?<way>more|less) than) a week ago)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AtRisk();

    [GeneratedRegex(
        $"^- (?<sum>{Money}) USD a month (?:(?<saved>saved)|lost): (?<accounts>\\d+) customers? (?:recovered|left) in the past week$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Moved();

    [GeneratedRegex($"^- (?<accounts>\\d+) (?<level>critical|at risk|on watch){Change}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Level();

    [GeneratedRegex(@"^- (?<accounts>\d+) customers in all$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InAll();

    [GeneratedRegex(
        "^- (?<what>(?<accounts>\\d+) accounts?(?: [^;]+?|: [^;:]+?))(?:: worth a product fix)?(?:; (?<risk>\\d+) of them at risk)?"
            + $"(?:; (?:as many as|{Money} (?:more|fewer) than) a week ago)?\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Topic();

    [GeneratedRegex(
        @"^- (?<share>\d+)% \((?<low>\d+)% to (?<high>\d+)%\) of the (?<of>\d+) "
            + "(?:customers of 30 days ago are still customers|(?<value>accounts that got their value then get it now))\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Stay();

    [GeneratedRegex(
        $"^- Talk to (?:(?<who>.+?\\)) about )?(?<account>[^()]+?)(?: \\((?<price>{Money}) USD a month(?<after> after the trial)?\\))?: (?<cause>[\\p{{L}} ]+)\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Talk();

    [GeneratedRegex(
        $"^- Have the product fixed: (?<what>.+?)\\.(?: Together they pay {Money} USD a month\\.)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Fix();

    [GeneratedRegex(
        @"^- Answer the (?:alert that waits|(?<late>\d+) alerts that wait) for longer than agreed\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Late();

    [GeneratedRegex(
        @"^(?<open>\d+) alerts? waits? for an answer(?:, (?<late>\d+) of them for longer than agreed)?\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Waiting();

    [GeneratedRegex(
        @"^- [\p{L} ]+: \d+% of [\d,]+ reached the goal with the message, \d+% of [\d,]+ without\. (?:It helps|It harms|No difference shown): .+ points\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Effect();

    [GeneratedRegex(
        @"^What the (?:other )?messages achieve cannot be told yet(?:: it takes up to [\d,]+ more people)?\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Footnote();
}
