using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Outreach;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>Reads a mail to the team line by line, and holds each against the event stream and what is on record.</summary>
/// <param name="record">What is on record.</param>
/// <param name="factsOf">What is known of an account at a moment; null for an id that is none.</param>
internal sealed partial class TeamMailProof(TeamRecord record, Func<string, DateTimeOffset, TeamFacts?> factsOf)
{
    private const string Alerts = "Alerts";
    private const string Unanswered = "Nobody answered in time";
    private const string Worse = "At higher risk since the last digest";
    private const string AlsoWorse = "Also at higher risk since the last digest";
    private const string Back = "Recovered";
    private const string Open = "Still at risk";
    private const string Raised = "What else raised the score";
    private const string Asking = "Worth asking";
    private const string Written = "Written to the customer";

    private const int MostListed = 20;

    private static readonly string[] Sections = [Alerts, Unanswered, Worse, AlsoWorse, Back, Open];

    private readonly TeamClaims _claims = new(record);

    /// <summary>The lines of a mail that are not so, and why; none for a true mail.</summary>
    /// <param name="mail">An alert or a digest that left.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="text">Its text.</param>
    public IEnumerable<(string Line, string Fault)> Faults(OutreachRecord mail, string subject, string text) =>
        mail.Kind == OutreachKind.Alert ? AlertFaults(mail, subject, [.. Lines(text)]) : DigestFaults(mail, subject, [.. Lines(text)]);

    /// <summary>A mail's lines with spaces of one kind, and without the addresses that answer.</summary>
    public static IEnumerable<string> Lines(string text) =>
        Answering()
            .Replace(text, "()")
            .Replace('\u00a0', ' ')
            .Replace('\u202f', ' ')
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0);

    private IEnumerable<(string Line, string Fault)> AlertFaults(OutreachRecord mail, string subject, List<string> lines)
    {
        var facts = factsOf(mail.AccountId, mail.SentAt!.Value)!;
        if (AlertSubjectFault(subject, lines, facts) is { } ofSubject)
            yield return (subject, ofSubject);
        string section = "";
        foreach (string line in lines)
        {
            if (IsCause(line) || line is Raised or Asking or Written)
                section = line;
            else if (AlertFault(section, line, mail, facts) is { } fault)
                yield return (line, fault);
        }
    }

    private string? AlertFault(string section, string line, OutreachRecord mail, TeamFacts facts)
    {
        if (line is "--" or "Open the account and answer" or "I am on it () · Remind me tomorrow () · False alarm ()")
            return null;
        if (line.StartsWith("http", StringComparison.Ordinal))
            return line.EndsWith($"/accounts/{facts.Account.Id}", StringComparison.Ordinal) ? null : "another page";
        if (Footer().Match(line) is { Success: true } footer)
            return footer.Groups["name"].Value == facts.Account.Name ? null : "another account";
        if (line == "Nothing lately.")
            return record.Outreach.Any(message =>
                message.Kind == OutreachKind.Message && message.AccountId == mail.AccountId && IsLately(message, mail)
            )
                ? "something was written"
                : null;
        if (!line.StartsWith("- ", StringComparison.Ordinal))
            return _claims.Line(line, mail, facts);
        string item = line[2..];
        return section switch
        {
            Raised => RiskClaims.Fault(item, facts),
            Asking => CauseCatalogue.All.Any(cause => cause.Questions.Any(question => question.In("en") == item))
                ? null
                : "no question of ours",
            Written => _claims.Written(item, facts),
            _ => EvidenceClaims.Fault(item, facts),
        };
    }

    private static bool IsLately(OutreachRecord message, OutreachRecord mail) =>
        message.PlannedAt < mail.PlannedAt && message.PlannedAt > mail.PlannedAt.AddDays(-30);

    private static string? AlertSubjectFault(string subject, List<string> lines, TeamFacts facts)
    {
        if (AlertSubject().Match(subject) is not { Success: true } match)
            return "nobody has proved it";
        var said = new Said(match);
        if (said["name"] != facts.Account.Name || !TeamClaims.IsPrice(said, facts))
            return "another account or price";
        return said["news"]
            .Split(", ")
            .Select(news =>
                news == "two messages did not help"
                    ? (lines.Exists(line => line.StartsWith("We wrote twice", StringComparison.Ordinal)) ? null : news)
                : IsCause(news) ? (lines.Contains(news) ? null : $"{news} is not told")
                : lines.Exists(line => line.Contains($" {news.Replace("now ", "", StringComparison.Ordinal)}", StringComparison.Ordinal))
                    ? null
                : $"{news} is not told"
            )
            .FirstOrDefault(fault => fault is not null);
    }

    private IEnumerable<(string Line, string Fault)> DigestFaults(OutreachRecord mail, string subject, List<string> lines)
    {
        var rows = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var more = new Dictionary<string, int>(StringComparer.Ordinal);
        string section = "";
        foreach (string line in lines)
        {
            if (Sections.Contains(line))
            {
                section = line == AlsoWorse ? Worse : line;
                rows[section] = [];
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal) && section.Length > 0)
            {
                rows[section].Add(line[2..]);
                if (_claims.Row(line[2..], mail, id => factsOf(id, mail.SentAt!.Value)) is { } fault)
                    yield return (line, fault);
            }
            else if (More().Match(line) is { Success: true } others)
            {
                more[section] = new Said(others).Count("more");
                if (rows[section].Count != MostListed)
                    yield return (line, $"only {rows[section].Count} are listed");
            }
            else if (line.StartsWith("The week’s", StringComparison.Ordinal))
            {
                if (_claims.UsedUp(line, mail, factsOf(mail.Variables.Digest!.Alerts[0].Id, mail.SentAt!.Value)!) is { } fault)
                    yield return (line, fault);
            }
            else if (!IsHarmless(line))
                yield return (line, "nobody has proved it");
        }
        if (DigestSubjectFault(subject, rows, more) is { } ofSubject)
            yield return (subject, ofSubject);
    }

    private static bool IsHarmless(string line) =>
        line
            is "--"
                or "Open the dashboard"
                or "Signals sends this on the mornings on which there is news. It is for your team, not for the customer."
        || Dashboard().IsMatch(line);

    /// <summary>How many, what they pay together, and who stands first, by the first section that there is.</summary>
    private static string? DigestSubjectFault(string subject, Dictionary<string, List<string>> rows, Dictionary<string, int> more)
    {
        if (DigestSubject().Match(subject) is not { Success: true } match)
            return "nobody has proved it";
        var said = new Said(match);
        string section =
            said.Has("alerts") ? Alerts
            : said.Has("unanswered") ? Unanswered
            : said.Has("worse") ? Worse
            : said.Has("back") ? Back
            : Open;
        if (!rows.TryGetValue(section, out var listed) || said.Count("count") != listed.Count + more.GetValueOrDefault(section))
            return "another number";
        if (section != Open && !listed[0].StartsWith($"{said["name"]} (", StringComparison.Ordinal))
            return "another stands first";
        double paid = listed.Sum(row => Price().Match(row) is { Success: true } price ? new Said(price).Amount("price") : 0);
        return section == Alerts && !more.ContainsKey(section) && paid != (said.Has("pay") ? said.Amount("pay") : 0)
            ? $"they pay {paid}"
            : null;
    }

    private static bool IsCause(string name) => CauseCatalogue.All.Any(cause => cause.Name.In("en") == name);

    [GeneratedRegex(@"\(https?://[^)\s]*/answer/[^)\s]*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Answering();

    [GeneratedRegex(
        "^An alert from Signals for whoever looks after (?<name>.+)\\. It is for your team, not for the customer\\.$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Footer();

    [GeneratedRegex(
        @"^(?<name>.+?)(?: \((?<price>[\d,.]+) USD a month(?<after> after the trial)?\))?: (?<news>.+)$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex AlertSubject();

    [GeneratedRegex(
        @"^Nimbus: (?<count>\d+) (?:(?<unanswered>alerts? nobody answered)|(?<alerts>alerts?)|(?<worse>accounts? at higher risk)"
            + @"|(?<back>accounts? recovered)|accounts? still at risk)(?:, (?<pay>[\d,.]+) USD a month)?(?:: (?<name>.+?)(?: first)?)?$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex DigestSubject();

    [GeneratedRegex(@"^And (?<more>\d+) more on the dashboard\.$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex More();

    [GeneratedRegex(@"\)(?: \(strategic\))?, (?<price>[\d,.]+) USD a month(?! after the trial)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Price();

    [GeneratedRegex(@"^https?://[^/\s]+/$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dashboard();
}
