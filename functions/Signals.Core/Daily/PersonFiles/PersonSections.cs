using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.Daily.PersonFiles;

/// <summary>From the rows as they are kept to the sections of a file that people read.</summary>
internal static class PersonSections
{
    private const char OfProperty = '\u001f';
    private const int MinutesPerSlot = 30;

    public static PersonInAccount InAccount(
        AccountState account,
        PersonState person,
        IReadOnlyList<OutreachRecord> newestFirst,
        ValueModel model
    )
    {
        string key = person.Key.Value;
        string[] words = [.. WordsOf(account, person)];
        return new PersonInAccount
        {
            Account = account.Id,
            AccountName = AccountFacts.Of(account, model).Name,
            Traits = Traits(person.Profile),
            FirstSeenAt = person.FirstLiveAt,
            Events = [.. person.History.Names.Select(name => new PersonEvent(name.Name, name.Count, name.First, name.Last))],
            Days = Days(person.History),
            EventIds = person.Ids.All().Count(),
            Answers = [.. account.Feedback.Answers.Where(answer => answer.Person == key).Select(Answer)],
            Tickets = [.. account.Tickets.All.Where(ticket => ticket.Person == key).Select(Ticket)],
            Assessment = Assessment(account, person),
            Messages = [.. newestFirst.Where(record => record.Person == key).Reverse().Select(Message)],
            NamedIn =
            [
                .. newestFirst
                    .Where(record =>
                        record.Kind != OutreachKind.Message && (Names(record, key) || words.Any(word => IsNamedIn(TextOf(record), word)))
                    )
                    .Reverse()
                    .Select(Message),
            ],
        };
    }

    public static IReadOnlyList<PersonTrait> Traits(Profile profile) =>
        [.. profile.Fields.Select(field => new PersonTrait(field.Key, field.Value.Value, field.Value.At))];

    public static IReadOnlyList<PersonDay> Days(History history) =>
        [
            .. history.Buckets.Select(bucket => new PersonDay(
                Platform.Time.Days.Date(bucket.Day),
                Numbers(history.Names.Select(name => name.Name), bucket.Count)
                    .Concat(bucket.Overflow > 0 ? [KeyValuePair.Create("(others)", (long)bucket.Overflow)] : [])
                    .ToDictionary(StringComparer.Ordinal),
                Numbers(history.SumKeys.Select(sum => sum.Replace(OfProperty, '.')), sum => bucket.Sum(sum))
                    .ToDictionary(sum => sum.Key, sum => sum.Value / PropertySum.MicrosPerUnit, StringComparer.Ordinal),
                [
                    .. Enumerable
                        .Range(0, DayBucket.SlotsPerDay)
                        .Where(slot => (bucket.Slots & (1UL << slot)) != 0)
                        .Select(slot => $"{TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(slot * MinutesPerSlot)):HH:mm}"),
                ]
            )),
        ];

    public static PersonAnswer Answer(FeedbackAnswer answer) =>
        new(
            answer.At,
            answer.Kind.ToString().ToLowerInvariant(),
            double.IsFinite(answer.Score) ? answer.Score : null,
            answer.Channel,
            answer.Comment,
            answer.Words?.Sentiment.ToString().ToLowerInvariant(),
            [.. answer.Words?.Themes.Select(theme => theme.Name) ?? []]
        );

    public static PersonTicket Ticket(Ticket ticket) =>
        new(
            ticket.Id,
            ticket.OpenedAt,
            ticket.AnsweredAt,
            ticket.SolvedAt,
            ticket.Text,
            ticket.Words?.Sentiment.ToString().ToLowerInvariant(),
            [.. ticket.Words?.Themes.Select(theme => theme.Name) ?? []]
        );

    public static PersonMessage Message(OutreachRecord record) =>
        new(
            record.Id,
            record.Kind.ToString().ToLowerInvariant(),
            record.Cause,
            record.State.Name(),
            record.Reason,
            record.To,
            record.PlannedAt,
            record.SentAt,
            record.GoalReached,
            record.Message?.Subject,
            record.Message?.Text
        );

    public static string Line(Evidence evidence) =>
        string.Join(
            " · ",
            new[] { evidence.Text, evidence.Value, evidence.Expected }
                .Select(phrase => phrase.In(Language.English))
                .Append(evidence.Since?.ToString("yyyy-MM-dd") ?? "")
                .Where(text => text.Length > 0)
        );

    /// <summary>True where a word stands in a text as a whole, and not as a part of a longer one.</summary>
    public static bool IsNamedIn(string text, string word)
    {
        if (word.Length == 0)
            return false;
        for (int at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }
        return false;
    }

    private static PersonAssessment Assessment(AccountState account, PersonState person)
    {
        string key = person.Key.Value;
        var finding = person.Finding;
        var causes = account.Review?.Assessment.Causes ?? [];
        bool isOwn = account.Key.Value == key;
        return new PersonAssessment(
            finding.Known,
            finding.Active,
            finding.WindowValue,
            [.. finding.Causes.Select(cause => new PersonFoundCause(cause.Cause, cause.Detail, cause.Confidence))],
            [.. causes.Where(cause => isOwn || cause.People?.Contains(key) == true).SelectMany(cause => cause.Evidence)]
        );
    }

    /// <summary>What a person is named or quoted by: addresses, name, and what they wrote.</summary>
    private static IEnumerable<string> WordsOf(AccountState account, PersonState person) =>
        PersonFinder
            .AddressesOf(person)
            .Select(mailbox => mailbox.Address)
            .Concat(new[] { person.UserId, person.Profile[State.People.Traits.Name]?.Trim() }.OfType<string>())
            .Concat(account.Feedback.Answers.Where(answer => answer.Person == person.Key.Value).Select(answer => answer.Comment ?? ""))
            .Concat(account.Tickets.All.Where(ticket => ticket.Person == person.Key.Value).Select(ticket => ticket.Text ?? ""))
            .Where(word => word.Length >= PersonName.LeastChars);

    /// <summary>True where a line of evidence is about them, whatever they were called then.</summary>
    private static bool Names(OutreachRecord record, string person) => EvidenceOf(record).Any(line => line.Person == person);

    private static IEnumerable<MessageEvidence> EvidenceOf(OutreachRecord record) =>
        record.Variables.Evidence.Concat(record.Variables.Causes.SelectMany(cause => cause.Evidence));

    private static string TextOf(OutreachRecord record) =>
        string.Join('\n', EvidenceOf(record).SelectMany(line => new[] { line.Text, line.Value }).Append(record.Message?.Text ?? ""));

    private static IEnumerable<KeyValuePair<string, long>> Numbers(IEnumerable<string> names, Func<int, long> amount) =>
        names.Select((name, index) => KeyValuePair.Create(name, amount(index))).Where(number => number.Value != 0);

    private static IEnumerable<KeyValuePair<string, long>> Numbers(IEnumerable<string> names, Func<int, int> amount) =>
        Numbers(names, index => (long)amount(index));
}
