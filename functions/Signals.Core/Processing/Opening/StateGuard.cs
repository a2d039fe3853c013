using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;

namespace Signals.Core.Processing.Opening;

/// <summary>
/// Looks, before anything is done with what is kept, whether this version can read it and whether its keys are the ones it was made with.
/// Table system, partition <c>opening</c>, row <c>state</c>: the highest layout that was written, and a fingerprint of the recipient key.
/// </summary>
/// <remarks>
/// With another recipient key nobody is found among those who want no mail, so that everybody would be written to again; and an older
/// version
/// would pass over every account that a newer one wrote. Both are refused, and nothing is changed.
/// </remarks>
public sealed class StateGuard(IEntityStore store, RecipientKey key, OutreachLists lists, OutreachRows outreach)
{
    private const string Partition = "opening";
    private const string Row = "state";
    private const string LayoutColumn = "layout";
    private const string KeyColumn = "recipientKey";

    /// <summary>Mails that are looked at where no fingerprint was kept yet, and how many recipients among them tell enough.</summary>
    private const int MostMails = 50;

    private const int FewestRecipients = 3;

    /// <summary>Throws <see cref="StateRefusedException"/> for what must not be opened; keeps layout and fingerprint otherwise.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await store.GetAsync(PipelineCounters.Table, Partition, Row, cancellationToken);
            long layout = row?.GetInt64(LayoutColumn) ?? 0;
            if (layout > StateLayout.Current)
                throw StateRefusedException.Newer(layout);
            string? kept = row?.GetString(KeyColumn);
            if (kept is not null ? kept != key.Fingerprint : await IsForeignAsync(cancellationToken))
                throw StateRefusedException.ForeignKey();
            if (layout == StateLayout.Current && kept is not null)
                return;
            var next = row ?? new Entity(Partition, Row);
            next[LayoutColumn] = (long)StateLayout.Current;
            next[KeyColumn] = key.Fingerprint;
            var operation = row is null ? EntityOperation.Insert(next) : EntityOperation.Replace(next, row.ETag);
            if ((await store.CommitAsync(PipelineCounters.Table, Partition, [operation], cancellationToken)).Committed)
                return;
        }
    }

    /// <summary>
    /// True for data from before the fingerprint was kept, whose mails went to recipients of whom this key finds none: each send leaves a
    /// row.
    /// </summary>
    private async Task<bool> IsForeignAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int mails = 0;
        foreach (var state in (OutreachState[])[OutreachState.Sent, OutreachState.Delivered])
        {
            await foreach (var (id, _) in lists.ReadAsync(state, null, MostMails, cancellationToken))
            {
                if (++mails > MostMails)
                    break;
                if (
                    await outreach.GetAsync(id, cancellationToken) is not ({ Kind: OutreachKind.Message } mail, _)
                    || !mail.To.Contains('@')
                )
                    continue;
                seen.Add(key.Of(mail.To));
                foreach (string recipient in (string[])[key.Of(mail.To), .. key.FormerOf(mail.To)])
                {
                    if (await store.GetAsync(Recipients.Table, recipient, Recipients.Row, cancellationToken) is not null)
                        return false;
                }
            }
        }
        return seen.Count >= FewestRecipients;
    }
}

/// <summary>What is kept must not be opened as things are; the message says why and how to go on. Trying again does not help.</summary>
public sealed class StateRefusedException(string message) : Exception(message)
{
    public static StateRefusedException Newer(long layout) =>
        new(
            $"The data has layout {layout}, and this version of Signals reads layouts up to {StateLayout.Current}: "
                + "a newer version wrote it. Nothing in it was changed. "
                + "Start the newer version again, or restore the backup that was made before it."
        );

    public static StateRefusedException ForeignKey() =>
        new(
            "The recipient key is not the one that this data was made with: with another one, "
                + "everybody who unsubscribed would be written to again. Nothing in it was changed. "
                + "Put the old key back (keys.json beside the data, or Signals__RecipientKey: "
                + "on Azure the vault keeps its older versions). "
                + "If it is lost for good, begin with an empty data folder or empty tables, "
                + "and import your lists of who wants no mail before anything else."
        );
}
