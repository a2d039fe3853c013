using System.Text;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Takes people out of any row of any table, by what the table is for: rows about them go, rows that mention them lose the mention.
/// </summary>
public sealed class RowEraser(
    AccountEraser accounts,
    ErasedRows erased,
    Recipients recipients,
    RecipientKey recipientKey,
    Silence silence,
    TimeProvider clock
)
{
    /// <summary>Every table that is kept, in the order in which a walk reads them: the accounts tell who somebody is.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        AccountRows.Table,
        WakeIndex.Table,
        ShardedList.Table,
        PipelineCounters.Table,
        Recipients.Table,
        Quarantine.Table,
        AuditLog.Table,
    ];

    /// <summary>Actions whose subject is no person's id, whatever it is called.</summary>
    private const string OfKeys = "key.";

    private const int LeastBinaryChars = 8;

    internal async Task EraseAsync(string table, Entity row, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        switch (table)
        {
            case AccountRows.Table:
                await accounts.EraseAsync(row, subjects, cancellationToken);
                break;
            case Recipients.Table:
                await EraseRecipientAsync(row, subjects, cancellationToken);
                break;
            case Quarantine.Table:
                await EraseQuarantinedAsync(row, subjects, cancellationToken);
                break;
            case AuditLog.Table:
                await EraseAuditAsync(row, subjects, cancellationToken);
                break;
            default:
                await EraseAnyAsync(table, row, subjects, cancellationToken);
                break;
        }
    }

    /// <summary>
    /// A row of an account that this version cannot read: it is harmless to whoever is not named in its bytes, and stands in the way of a
    /// proof for who is.
    /// </summary>
    internal static void NoteUnreadable(Entity row, ErasureSubjects subjects)
    {
        string bytes = string.Join(' ', row.Properties.Values.OfType<byte[]>().Select(Encoding.UTF8.GetString));
        if ((subjects.OfKey(row.RowKey) ?? subjects.Without(bytes, row.PartitionKey).Subject) is { } subject)
            subject.Problem = "a row of an account cannot be read: mend or remove it";
    }

    /// <summary>Keeps of each address nothing but that it wants no mail. Of who was silent nothing is said: they may come back.</summary>
    internal async Task EraseAddressesAsync(ErasureSubject subject, CancellationToken cancellationToken)
    {
        if (subject.SilentSince is not null)
            return;
        foreach (var mailbox in subject.Addresses)
        {
            bool isNews = await recipients.EraseAsync(
                recipientKey.Of(mailbox.Address),
                recipientKey.FormerOf(mailbox.Address),
                clock.GetUtcNow(),
                cancellationToken
            );
            subject.Removed += isNews ? 1 : 0;
        }
    }

    private async Task EraseRecipientAsync(Entity row, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        var state = await recipients.GetAsync(row.PartitionKey, cancellationToken);
        var subject = state.Sends.Select(send => subjects.OfKey(send.OutreachId)).FirstOrDefault(found => found is not null);
        subject ??= state.SuppressedBy is { } source ? subjects.OfKey(source) : null;
        if (subject is null || await silence.IsBrokenAsync(subject, cancellationToken))
            return;
        await recipients.ForgetSendsAsync(row.PartitionKey, id => subjects.OfAccount(id.Account.Value) is not null, cancellationToken);
        await recipients.ForgetSourceAsync(row.PartitionKey, source => subjects.OfKey(source) is not null, cancellationToken);
        subject.Removed++;
    }

    /// <summary>An event that could not be understood goes as a whole.</summary>
    private async Task EraseQuarantinedAsync(Entity row, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        string raw = row.GetString("raw") ?? "",
            reason = row.GetString("reason") ?? "";
        var found = JsonEraser.Erase(Encoding.UTF8.GetBytes(raw), subjects, null).Found.FirstOrDefault();
        found ??= IdIn(raw, subjects) ?? subjects.Without(raw, null).Subject ?? subjects.Without(reason, null).Subject;
        if (found is not null)
            await erased.DropAsync(Quarantine.Table, row, found, cancellationToken);
    }

    /// <summary>Ids stand at the top of an event, and are no words within a text: they are compared as a whole.</summary>
    private static ErasureSubject? IdIn(string raw, ErasureSubjects subjects)
    {
        if (JsonEraser.Parse(Encoding.UTF8.GetBytes(raw)) is not System.Text.Json.Nodes.JsonObject members)
            return null;
        foreach (string name in new[] { "userId", "anonymousId", "previousId" })
        {
            if (
                members[name] is { } value
                && value.GetValueKind() is System.Text.Json.JsonValueKind.String or System.Text.Json.JsonValueKind.Number
            )
            {
                if (subjects.OfWord(value.ToString()) is { } subject)
                    return subject;
            }
        }
        return null;
    }

    /// <summary>What was done stays; to whom it was done does not.</summary>
    private async Task EraseAuditAsync(Entity row, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        bool isOfKey = row.GetString("action")?.StartsWith(OfKeys, StringComparison.Ordinal) == true;
        var changed = new Entity(row.PartitionKey, row.RowKey) { ETag = row.ETag };
        ErasureSubject? found = null;
        foreach (var (column, value) in row.Properties)
        {
            string text = value as string ?? "";
            var whole =
                column is "subject" or "who" && !isOfKey ? subjects.OfWord(text) ?? subjects.OfKey(text) ?? AlertOf(text, subjects) : null;
            var (rest, subject) = whole is null ? subjects.Without(text, null) : (ErasureSubjects.Blank, whole);
            changed[column] = subject is null ? value : rest;
            found ??= subject;
        }
        if (found is null)
            return;
        await erased.ReplaceAsync(AuditLog.Table, changed, [found], cancellationToken);
    }

    private static ErasureSubject? AlertOf(string text, ErasureSubjects subjects) =>
        AlertId.Parse(text) is { } alert ? subjects.OfAccount(alert.Account.Value) : null;

    private async Task EraseAnyAsync(string table, Entity row, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        var named = subjects.OfKey(row.RowKey) ?? subjects.OfKey(row.PartitionKey);
        if (named is not null)
        {
            // What an experiment found stays its time.
            if (named.SilentSince is null || !EffectLog.Holds(row))
                await erased.DropAsync(table, row, named, cancellationToken);
            return;
        }
        string? place = row.RowKey.LastIndexOf(':') is >= 0 and var colon ? row.RowKey[(colon + 1)..] : null;
        var found = new HashSet<ErasureSubject>();
        var changed = new Entity(row.PartitionKey, row.RowKey) { ETag = row.ETag };
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (column, value) in row.Properties)
        {
            if (done.Contains(column))
                continue;
            switch (value)
            {
                case string text:
                    var (rest, subject) = subjects.Without(text, place);
                    changed[column] = rest;
                    if (subject is not null)
                        found.Add(subject);
                    break;
                case byte[]:
                    done.UnionWith(row.Properties.Keys.Where(part => BlobColumns.IsPartOf(part, column)));
                    EraseBytes(row, column, changed, subjects, place, found);
                    break;
                default:
                    changed[column] = value;
                    break;
            }
        }
        if (found.Count > 0)
            await erased.ReplaceAsync(table, changed, found, cancellationToken);
    }

    private static void EraseBytes(
        Entity row,
        string column,
        Entity changed,
        ErasureSubjects subjects,
        string? place,
        HashSet<ErasureSubject> found
    )
    {
        byte[] bytes = BlobColumns.Read(row, column);
        var (json, whose) = JsonEraser.Erase(bytes, subjects, place);
        BlobColumns.Write(changed, column, json ?? bytes);
        found.UnionWith(whose);
        if (json is not null || JsonEraser.Parse(bytes) is not null || bytes.Length < LeastBinaryChars)
            return;
        // Packed rows outside the accounts hold names of events and features: an id or address there is nothing that can be cut out.
        if (subjects.Without(Encoding.UTF8.GetString(bytes), null).Subject is { } packed)
            packed.Problem = $"a packed row of '{row.PartitionKey.Split(':')[0]}' holds an id or address";
    }
}
