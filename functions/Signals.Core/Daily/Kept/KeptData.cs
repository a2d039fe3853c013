using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Histories;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
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
    public static IReadOnlyList<KeptKind> Of(ValueModel model) =>
        [
            Personal(
                Accounts,
                "",
                AccountRows.PersonPrefix,
                Phrase.Of($"A person in an account: traits, what they did in the last {History.RetentionDays} days, hashes of event ids"),
                null
            ),
            Personal(Accounts, "", "ids:", Phrase.Of($"Ids of single events, as hashes"), SeenIds.RetentionDays),
            Personal(
                Accounts,
                "",
                AccountRows.AccountRow,
                Phrase.Of($"An account: facts, tickets and answers of its people, what all did together, the last review"),
                null
            ),
            Personal(Accounts, "", AccountRows.AlertRow, Phrase.Of($"An account’s alert, with what was answered to it"), null),
            Personal(Accounts, "", AccountRows.DuePrefix, Phrase.Of($"When to look at a person again"), null),
            Personal(
                Accounts,
                "",
                AccountRows.OutreachPrefix,
                Phrase.Of($"Messages, alerts and digests with their texts"),
                model.Keep.MessageDays
            ),
            Personal(Recipients.Table, "", "", Phrase.Of($"Whether an address wants mail, and what it was sent, under a keyed hash"), null),
            Personal(WakeIndex.Table, "", "", Phrase.Of($"Work to be done at a time"), null),
            Personal(
                Lists,
                "accounts-worsened",
                "",
                Phrase.Of($"Accounts as they were when their level changed"),
                AccountLists.KeepMovesDays
            ),
            Personal(
                Lists,
                "accounts-recovered",
                "",
                Phrase.Of($"Accounts as they were when their level changed"),
                AccountLists.KeepMovesDays
            ),
            Personal(Lists, "accounts-left", "", Phrase.Of($"Accounts as they were when their level changed"), AccountLists.KeepMovesDays),
            Personal(Lists, "", "", Phrase.Of($"Lists of accounts, alerts, messages and recipients, to find them by"), null),
            Personal(Quarantine.Table, "", "", Phrase.Of($"Events that could not be understood"), model.Keep.QuarantineDays),
            Personal(AuditLog.Table, "", "", Phrase.Of($"Who of the team did what"), model.Keep.AuditDays),
            Personal(System, "verbatims", "", Phrase.Of($"The newest of what customers wrote, across accounts"), null),
            Personal(System, "unreadable", "", Phrase.Of($"Rows that could not be read"), UnreadableRows.KeepDays),
            Other(System, "minutes:", Phrase.Of($"Events by the minute"), PipelineWatch.KeepDays),
            Other(System, "posts:", Phrase.Of($"Reports of the mail provider that were applied, as hashes"), 3),
            Other(System, "pipeline:", Phrase.Of($"Counts of events, and messages that were counted"), PipelineCounters.MarkerDays),
            Other(System, "figures", Phrase.Of($"Sums, norms and counts of all accounts together"), 400),
            Other(System, "", Phrase.Of($"Counts, names of events, keys as hashes, and the model in force"), null),
            Personal(ErasedIds.Table, "ids", "", Phrase.Of($"Who was erased, as keyed hashes, so that they do not come back"), null),
            Personal(
                ErasedIds.Table,
                "",
                "",
                Phrase.Of($"Requests for erasure: whom they are about until it is proved, afterwards when and how many"),
                model.Keep.AuditDays
            ),
            .. QueueNames.All.Select(queue => new KeptKind(
                $"queue {queue}",
                "",
                "",
                QueueHolds(queue),
                IsPersonal: true,
                null,
                UntilHandled: true
            )),
        ];

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
            _ => Phrase.Of($"Messages to be sent, by their ids"),
        };

    private static KeptKind Personal(string table, string partition, string row, Phrase what, int? days) =>
        new(table, partition, row, what, IsPersonal: true, days, UntilHandled: false);

    private static KeptKind Other(string table, string partition, Phrase what, int? days) =>
        new(table, partition, "", what, IsPersonal: false, days, UntilHandled: false);
}

/// <summary>One kind of what is kept; of several that a row fits, the first.</summary>
/// <param name="Table">The table, or the queue.</param>
/// <param name="Partition">What its partitions begin with; empty for any.</param>
/// <param name="Row">What its rows begin with; empty for any.</param>
/// <param name="What">What it is.</param>
/// <param name="IsPersonal">True for data about people, or that may hold them.</param>
/// <param name="Days">For how many days; null as long as what it is about, or until it is erased.</param>
/// <param name="UntilHandled">True for what goes when its work is done: messages in queues.</param>
public sealed record KeptKind(string Table, string Partition, string Row, Phrase What, bool IsPersonal, int? Days, bool UntilHandled);
