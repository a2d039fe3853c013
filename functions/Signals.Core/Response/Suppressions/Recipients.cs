using System.Text.Json;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// One partition a recipient, named by a keyed hash of the address: suppression and claims change there in one step, whichever accounts
/// want to write to that person at once. Table <see cref="Table"/>, row <see cref="Row"/>.
/// </summary>
public sealed class Recipients(IEntityStore store, TimeProvider clock) : ISuppressions
{
    public const string Table = "recipients";
    public const string Row = "recipient";

    private const string StateColumn = "state";

    private readonly SuppressionList _suppressed = new(store);

    public async ValueTask<RecipientState> GetAsync(string recipient, CancellationToken cancellationToken) =>
        StateOf(await store.GetAsync(Table, recipient, Row, cancellationToken));

    public Task UnsubscribeAsync(
        string recipientKey,
        string? topic,
        string source,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => SuppressAsync(recipientKey, topic, source, now, cancellationToken);

    /// <summary>As <see cref="UnsubscribeAsync"/>; true when that was news.</summary>
    public async Task<bool> SuppressAsync(
        string recipientKey,
        string? topic,
        string source,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if ((await GetAsync(recipientKey, cancellationToken)).IsSuppressed(topic))
            return false;
        // Listed first: a row of the list that leads to nobody harms nobody, and who is not listed could not be exported.
        await _suppressed.AddAsync(recipientKey, cancellationToken);
        bool isNews = false;
        await ChangeAsync(
            recipientKey,
            state => (isNews = !state.IsSuppressed(topic)) ? state.Suppress(topic, source, now) : null,
            cancellationToken
        );
        return isNews;
    }

    public async Task<bool> ResumeAsync(string recipientKey, CancellationToken cancellationToken)
    {
        await ChangeAsync(recipientKey, state => state.Resume(), cancellationToken);
        return !(await GetAsync(recipientKey, cancellationToken)).IsSuppressed(null);
    }

    public async Task<bool> IsSuppressedAsync(string recipientKey, string? topic, CancellationToken cancellationToken) =>
        (await GetAsync(recipientKey, cancellationToken)).IsSuppressed(topic);

    /// <summary>
    /// Takes over what stands under a recipient's former keys (<see cref="RecipientKey.FormerOf"/>): who said no to a mail of an earlier
    /// version said it there, and still may. Doing it again changes nothing.
    /// </summary>
    public async Task AdoptAsync(string recipient, IReadOnlyList<string> former, CancellationToken cancellationToken)
    {
        foreach (string key in former)
        {
            var known = await GetAsync(key, cancellationToken);
            if (known.SaysNothing)
                continue;
            if (known.SuppressedAt is not null || known.Topics.Count > 0)
                await _suppressed.AddAsync(recipient, cancellationToken);
            await ChangeAsync(recipient, state => state.Adopt(known), cancellationToken);
        }
    }

    /// <summary>
    /// Keeps of a recipient nothing but that they want no mail, under the key of now and those of earlier versions; true when that changed
    /// anything.
    /// </summary>
    public async Task<bool> EraseAsync(
        string recipient,
        IReadOnlyList<string> former,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        bool isNews = false;
        foreach (string key in former.Append(recipient))
        {
            var known = await GetAsync(key, cancellationToken);
            if ((key != recipient && known.SaysNothing && known.Product is null) || known.Erased(now) is null)
                continue;
            isNews = true;
            await _suppressed.AddAsync(key, cancellationToken);
            await ChangeAsync(key, state => state.Erased(now), cancellationToken);
        }
        return isNews;
    }

    /// <summary>Forgets the sends that name an account; true when there were any.</summary>
    public async Task<bool> ForgetSendsAsync(string recipient, Func<OutreachId, bool> isErased, CancellationToken cancellationToken)
    {
        bool isNews = false;
        await ChangeAsync(
            recipient,
            state =>
            {
                var kept = state.Sends.Where(send => OutreachId.Parse(send.OutreachId) is not { } id || !isErased(id)).ToList();
                isNews = kept.Count < state.Sends.Count;
                return isNews ? state with { Sends = kept } : null;
            },
            cancellationToken
        );
        return isNews;
    }

    /// <summary>
    /// Forgets the sends of a recipient's row that no longer matter, and the row where it says nothing then; true when there were any.
    /// </summary>
    public async Task<bool> PruneAsync(Entity row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (StateOf(row).Pruned(now) is not { } pruned)
            return false;
        if (pruned.SaysNothing && pruned.Product is null or { Count: 0 })
            await store.CommitAsync(Table, row.PartitionKey, [EntityOperation.Delete(row.RowKey, row.ETag)], cancellationToken);
        else
            await ChangeAsync(row.PartitionKey, state => state.Pruned(now), cancellationToken);
        return true;
    }

    /// <summary>Forgets by which mail a wish came, and keeps the wish.</summary>
    public Task ForgetSourceAsync(string recipient, Predicate<string> isErased, CancellationToken cancellationToken) =>
        ChangeAsync(
            recipient,
            state => state.SuppressedBy is { } source && isErased(source) ? state with { SuppressedBy = source.Split(':')[0] } : null,
            cancellationToken
        );

    /// <summary>Lets mail go again to who was erased and came back; false when nothing kept them out.</summary>
    public async Task<bool> RestoreAsync(string recipient, CancellationToken cancellationToken)
    {
        bool isNews = false;
        await ChangeAsync(
            recipient,
            state =>
            {
                isNews = state.SuppressedBy == RecipientState.ByErasure;
                return isNews ? state with { SuppressedAt = null, SuppressedBy = null } : null;
            },
            cancellationToken
        );
        return isNews;
    }

    /// <summary>Notes what the product says of a person at this address. Doing it again changes nothing.</summary>
    public async Task NoteAsync(string recipient, PersonKey person, IReadOnlyList<ProductWish> wishes, CancellationToken cancellationToken)
    {
        if ((await GetAsync(recipient, cancellationToken)).With(person, wishes) is null)
            return;
        await _suppressed.AddAsync(recipient, cancellationToken);
        await ChangeAsync(recipient, state => state.With(person, wishes), cancellationToken);
    }

    /// <summary>
    /// Claims a send, unless the recipient is suppressed, has had enough, was sent the same words, or the outreach was claimed before.
    /// </summary>
    public async Task<ClaimResult> ClaimAsync(
        string recipient,
        string outreachId,
        string topic,
        bool heedsProduct,
        SendCap cap,
        MailWords? words,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var result = new ClaimResult(ClaimStatus.Claimed);
        await ChangeAsync(
            recipient,
            state =>
            {
                result = state.Check(outreachId, topic, heedsProduct, cap, now, words);
                return result.Status == ClaimStatus.Claimed
                    ? state.With(new RecipientSend(outreachId, now, OutreachState.Sending, words?.Subject ?? 0, words?.Text ?? 0), now)
                    : null;
            },
            cancellationToken
        );
        return result;
    }

    /// <summary>
    /// Records how a claimed send ended; one that surely reached nobody, refused before it left or turned away later, is taken out, so that
    /// it counts toward no cap: caps keep people from too many mails, and nobody got this one.
    /// </summary>
    public Task SettleAsync(
        string recipient,
        string outreachId,
        OutreachState state,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            recipient,
            known =>
                known.Sends.FirstOrDefault(send => send.OutreachId == outreachId) is not { } send || send.State == state ? null
                : state is OutreachState.Planned or OutreachState.Failed or OutreachState.Bounced or OutreachState.Suppressed
                    ? known.Without(outreachId)
                : known.With(send with { State = state }, now),
            cancellationToken
        );

    private async Task ChangeAsync(string recipient, Func<RecipientState, RecipientState?> change, CancellationToken cancellationToken) =>
        await store.ChangeAsync(
            Table,
            recipient,
            Row,
            "change what is known of a recipient",
            clock,
            read =>
            {
                if (change(StateOf(read)) is not { } changed)
                    return null;
                var row = new Entity(recipient, Row);
                BlobColumns.Write(row, StateColumn, JsonSerializer.SerializeToUtf8Bytes(changed, RecipientJson.Default.RecipientState));
                return row;
            },
            cancellationToken
        );

    private static RecipientState StateOf(Entity? row) =>
        row is null
            ? RecipientState.Unknown
            : JsonSerializer.Deserialize(BlobColumns.Read(row, StateColumn), RecipientJson.Default.RecipientState)
                ?? RecipientState.Unknown;
}
