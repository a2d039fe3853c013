using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Problems;
using Signals.Core.Response.Suppressions;
using Signals.Core.Response.ValueReports;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Histories;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.Team;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Daily.Kept;

/// <summary>
/// Everything that is kept, by the tables, partitions, rows and queues that it stands in: what, whether it is about people, and for how
/// long. A test holds every row that the app writes to it.
/// </summary>
public static class KeptData
{
    private const string Accounts = AccountRows.Table;
    private const string System = PipelineCounters.Table;
    private const string Lists = ShardedList.Table;

    /// <summary>What is kept under a model.</summary>
    public static IReadOnlyList<KeptKind> Of(ValueModel model)
    {
        var (people, accounts) = SilenceOf(model);
        var messages = new KeptTerm(model.Keep.MessageDays, "keep.messageDays");
        var audit = new KeptTerm(model.Keep.AuditDays, "keep.auditDays");
        var moves = Phrase.Of($"Accounts as they were when their level changed");
        return
        [
            Personal(
                Accounts,
                "",
                AccountRows.PersonPrefix,
                Phrase.Of($"A person in an account: traits, what they did in the last {History.RetentionDays} days, hashes of event ids"),
                people
            ),
            Personal(Accounts, "", "ids:", Phrase.Of($"Ids of single events, as hashes"), Days(SeenIds.RetentionDays)),
            Personal(
                Accounts,
                "",
                AccountRows.AccountRow,
                Phrase.Of($"An account: facts, tickets and answers of its people, what all did together, the last review"),
                accounts
            ),
            Personal(Accounts, "", AccountRows.AlertRow, Phrase.Of($"An account’s alert, with what was answered to it"), accounts),
            Personal(Accounts, "", AccountRows.DuePrefix, Phrase.Of($"When to look at a person again"), people),
            Personal(
                Accounts,
                "",
                AccountRows.WorkRow,
                Phrase.Of($"What the team is about to do for an account: next steps, the plan, who has it in hand"),
                accounts
            ),
            Personal(Accounts, "", AccountRows.NotePrefix, Phrase.Of($"Notes of the team about an account and its people"), accounts),
            Personal(
                Accounts,
                "",
                ReportBook.RowPrefix,
                Phrase.Of($"Value reports that were approved for the customer, the newest {ReportBook.MostKept}"),
                accounts
            ),
            Personal(Accounts, "", HelpRows.Row, Phrase.Of($"The card that a person is shown inside the product"), messages),
            Personal(Accounts, "", ProblemBook.BehindPrefix, Phrase.Of($"Which problems of the product an account was behind"), accounts),
            Personal(
                Accounts,
                ProblemBook.PartitionPrefix,
                ProblemBook.Row,
                Phrase.Of($"Problems of the product that were handed over, the newest {ProblemBook.MaxProblems}"),
                KeptTerm.Open
            ),
            Personal(
                Accounts,
                "",
                WebhookOutbox.RowPrefix,
                Phrase.Of($"What other systems are still to be told of an account"),
                Days(WebhookTries.KeepDays + 4)
            ),
            Personal(Accounts, "", AccountRows.OutreachPrefix, Phrase.Of($"Messages, alerts and digests with their texts"), messages),
            Personal(
                Recipients.Table,
                "",
                "",
                Phrase.Of($"Whether an address wants mail, and what it was sent in the last 400 days, under a keyed hash"),
                KeptTerm.Open
            ),
            Personal(WakeIndex.Table, "", "", Phrase.Of($"Work to be done at a time"), KeptTerm.UntilHandled),
            Personal(Lists, PeopleList.Name + ":", "", Phrase.Of($"People by name and address, to find them by"), people),
            Personal(Lists, "accounts-worsened", "", moves, Days(AccountLists.KeepMovesDays)),
            Personal(Lists, "accounts-recovered", "", moves, Days(AccountLists.KeepMovesDays)),
            Personal(Lists, "accounts-left", "", moves, Days(AccountLists.KeepMovesDays)),
            Personal(Lists, EffectLog.Lists, "", Phrase.Of($"What became of the goal of a message, by its id"), Days(EffectLog.KeepDays)),
            Personal(Lists, "", "", Phrase.Of($"Lists of accounts, alerts, messages and recipients, to find them by"), KeptTerm.Open),
            Personal(
                Quarantine.Table,
                "",
                "",
                Phrase.Of($"Events that could not be understood"),
                new KeptTerm(model.Keep.QuarantineDays, "keep.quarantineDays")
            ),
            Personal(AuditLog.Table, "", "", Phrase.Of($"Who of the team did what"), audit),
            Personal(System, "verbatims", "", Phrase.Of($"The newest of what customers wrote, across accounts"), KeptTerm.Open),
            Personal(System, RequestBook.Decisions, "", Phrase.Of($"What the team decided about what customers ask for"), KeptTerm.Open),
            Personal(System, "unreadable", "", Phrase.Of($"Rows that could not be read"), Days(UnreadableRows.KeepDays)),
            Personal(
                System,
                TeamUsers.Partition,
                "",
                Phrase.Of($"Who works in the dashboard: name, address, role, language"),
                KeptTerm.Open
            ),
            Personal(
                System,
                TeamUsers.SessionsPrefix,
                "",
                Phrase.Of($"Where people of the team are signed in: browser and days"),
                Days(30)
            ),
            Personal(System, "views:", "", Phrase.Of($"Lists that somebody of the team gave a name"), KeptTerm.Open),
            Personal(
                System,
                PassingRows.Undo,
                "",
                Phrase.Of($"What somebody of the team did just now and can undo, as it was before"),
                Days(1)
            ),
            Personal(System, TeamUsers.LinksPrefix, "", Phrase.Of($"Sign-in links that were mailed, as hashes"), Days(3)),
            Personal(
                System,
                TeamUsers.PasskeysPrefix,
                "",
                Phrase.Of($"Passkeys of people of the team: the public halves, with the names they gave them"),
                KeptTerm.Open
            ),
            Personal(
                System,
                LetterBox.Partition,
                "",
                Phrase.Of($"Mails from one of the team to another that wait to leave"),
                KeptTerm.UntilHandled
            ),
            Other(System, "minutes:", Phrase.Of($"Events by the minute"), Days(PipelineWatch.KeepDays)),
            Other(System, "posts:", Phrase.Of($"Reports of the mail provider that were applied, as hashes"), Days(3)),
            Other(System, "pipeline:", Phrase.Of($"Counts of events, and messages that were counted"), Days(PipelineCounters.MarkerDays)),
            Other(System, "figures", Phrase.Of($"Sums, norms and counts of all accounts together"), Days(400)),
            Other(System, "", Phrase.Of($"Counts, names of events, keys as hashes, and the model in force"), KeptTerm.Open),
            Personal(
                ErasedIds.Table,
                "ids",
                "",
                Phrase.Of($"Who was erased, as keyed hashes, so that they do not come back"),
                KeptTerm.ForGood
            ),
            Other(
                ErasedIds.Table,
                SilentPeople.Partition,
                Phrase.Of($"How far the weekly look for silent people and accounts is"),
                KeptTerm.Open
            ),
            Personal(
                ErasedIds.Table,
                "",
                "",
                Phrase.Of($"Requests for erasure: whom they are about until it is proved, afterwards when and how many"),
                audit
            ),
            .. QueueNames.All.Select(queue => Personal($"queue {queue}", "", "", QueueHolds(queue), KeptTerm.UntilHandled)),
        ];
    }

    /// <summary>How long people and accounts may be silent; where everybody is an account the one is the other.</summary>
    private static (KeptTerm People, KeptTerm Accounts) SilenceOf(ValueModel model)
    {
        var people = new KeptTerm(model.Keep.PeopleDays, "keep.peopleDays") { IsSilence = true };
        return model.Accounts == AccountsMode.Person
            ? (people, people)
            : (people, new KeptTerm(model.Keep.AccountDays, "keep.accountDays") { IsSilence = true });
    }

    /// <summary>The kind of a row; null for one that nobody said is kept.</summary>
    public static KeptKind? KindOf(IReadOnlyList<KeptKind> kinds, string table, Entity row) =>
        kinds.FirstOrDefault(kind =>
            string.Equals(kind.Table, table, StringComparison.OrdinalIgnoreCase)
            && row.PartitionKey.StartsWith(kind.Partition, StringComparison.Ordinal)
            && row.RowKey.StartsWith(kind.Row, StringComparison.Ordinal)
        );

    private static Phrase QueueHolds(string queue) =>
        queue switch
        {
            QueueNames.Usage => Phrase.Of(
                $"Events on their way; those that failed again and again are put aside until somebody replays or discards them"
            ),
            QueueNames.Reviews => Phrase.Of($"Accounts to be reviewed"),
            QueueNames.Webhooks => Phrase.Of($"Accounts of which other systems are to be told something"),
            _ => Phrase.Of($"Messages to be sent, by their ids"),
        };

    private static KeptTerm Days(int days) => new(days);

    private static KeptKind Personal(string table, string partition, string row, Phrase what, KeptTerm term) =>
        new(table, partition, row, what, IsPersonal: true, term);

    private static KeptKind Other(string table, string partition, Phrase what, KeptTerm term) =>
        new(table, partition, "", what, IsPersonal: false, term);
}

/// <summary>One kind of what is kept; of several that a row fits, the first.</summary>
/// <param name="Table">The table, or the queue.</param>
/// <param name="Partition">What its partitions begin with; empty for any.</param>
/// <param name="Row">What its rows begin with; empty for any.</param>
/// <param name="What">What it is.</param>
/// <param name="IsPersonal">True for data about people, or that may hold them.</param>
/// <param name="Term">For how long.</param>
public sealed record KeptKind(string Table, string Partition, string Row, Phrase What, bool IsPersonal, KeptTerm Term);

/// <summary>For how long something is kept.</summary>
/// <param name="Days">So many days; null as long as what it is about, or until it is erased.</param>
/// <param name="Setting">What in the model says so; null for what nobody can change.</param>
public sealed record KeptTerm(int? Days, string? Setting = null)
{
    public static readonly KeptTerm Open = new((int?)null);

    /// <summary>It goes when its work is done: wake-ups, messages in queues.</summary>
    public static readonly KeptTerm UntilHandled = new((int?)null) { EndsWithWork = true };

    /// <summary>The wish not to be known has no end.</summary>
    public static readonly KeptTerm ForGood = new((int?)null) { HasNoEnd = true };

    /// <summary>The days are counted from what was heard last, and not from when it came.</summary>
    public bool IsSilence { get; init; }

    public bool EndsWithWork { get; private init; }

    public bool HasNoEnd { get; private init; }
}
