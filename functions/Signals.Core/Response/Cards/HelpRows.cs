using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Cards;

/// <summary>
/// What a person is shown inside the product: one row in the partition of their own account, whichever accounts wrote to them, so that one
/// read answers and there is one card at most.
/// </summary>
public sealed class HelpRows(IEntityStore store, TimeProvider clock)
{
    /// <summary>Behind the rows that a review reads in one go.</summary>
    public const string Row = "shown";

    /// <summary>Beside it, so that one read finds both.</summary>
    public const string StepsRow = Row + ":steps";

    private const string CardColumn = "card";
    private const string StepsColumn = "steps";

    /// <summary>The card last offered, standing or over; null before the first.</summary>
    public async ValueTask<StoredCard?> GetAsync(PersonKey person, CancellationToken cancellationToken) =>
        await store.GetAsync(AccountRows.Table, person.Value, Row, cancellationToken) is { } row ? Of(row) : null;

    /// <summary>The card last offered and the checklist, by one read; null where there is none.</summary>
    public async ValueTask<(HelpCard? Card, Checklist? Checklist)> GetAllAsync(PersonKey person, CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(new EntityQuery(AccountRows.Table, person.Value, Row, Row + ';'), 2, cancellationToken);
        return (
            rows.Select(Of).FirstOrDefault(card => card is not null)?.Card,
            rows.Select(ChecklistOf).FirstOrDefault(checklist => checklist is not null)
        );
    }

    /// <summary>Keeps a checklist in the place of the one before; a review is the one writer.</summary>
    public async Task SaveAsync(PersonKey person, Checklist checklist, CancellationToken cancellationToken)
    {
        var row = new Entity(person.Value, StepsRow);
        BlobColumns.Write(row, StepsColumn, JsonSerializer.SerializeToUtf8Bytes(checklist, HelpJson.Default.Checklist));
        await store.CommitAsync(AccountRows.Table, person.Value, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>
    /// The checklist of a row of an account; null for a row of another kind. Throws as <see cref="AccountRows.Read"/> does.
    /// </summary>
    public static Checklist? ChecklistOf(Entity row) =>
        row.RowKey != StepsRow
            ? null
            : AccountRows.Read(
                row,
                static row =>
                    JsonSerializer.Deserialize(BlobColumns.Read(row, StepsColumn), HelpJson.Default.Checklist)
                    ?? throw new InvalidDataException("It holds no checklist.")
            );

    /// <summary>
    /// Puts a card where the product finds it. The same outreach offered again changes nothing; false while the card of another stands.
    /// </summary>
    public async Task<bool> OfferAsync(PersonKey person, HelpCard card, CancellationToken cancellationToken)
    {
        bool stands = false;
        await ChangeAsync(
            person,
            known =>
            {
                stands = known is null || known.OutreachId == card.OutreachId || !known.Life.StandsAt(card.Life.OfferedAt);
                return stands && known?.OutreachId != card.OutreachId ? card : null;
            },
            cancellationToken
        );
        return stands;
    }

    /// <summary>Notes what somebody said of a card; null when the person has no such card, else what became of it.</summary>
    public async Task<(HelpCard Card, bool IsNews)?> AnswerAsync(
        PersonKey person,
        string cardId,
        CardAnswer answer,
        CancellationToken cancellationToken
    )
    {
        (HelpCard, bool)? said = null;
        await ChangeAsync(
            person,
            known =>
            {
                if (known is null || known.Id != cardId)
                {
                    said = null;
                    return null;
                }
                var life = known.Life.With(answer, clock.GetUtcNow());
                var changed =
                    life is null ? known
                    : life.StandsAt(life.OfferedAt) ? known with { Life = life }
                    : known with { Words = null, Life = life };
                said = (changed, life is not null);
                return life is null ? null : changed;
            },
            cancellationToken
        );
        return said;
    }

    /// <summary>
    /// Takes a card back and forgets its words, unless its person was faster; what became of it then. Null when it is not there.
    /// </summary>
    /// <param name="person">The person.</param>
    /// <param name="outreachId">The card's outreach.</param>
    /// <param name="evenIfSeen">True where one that was seen is taken back too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CardLife?> WithdrawAsync(PersonKey person, string outreachId, bool evenIfSeen, CancellationToken cancellationToken)
    {
        CardLife? life = null;
        await ChangeAsync(
            person,
            known =>
            {
                life = known?.OutreachId == outreachId ? known.Life : null;
                if (life is null || life.WithdrawnAt is not null || (life.SeenAt is not null && !evenIfSeen))
                    return null;
                life = life with { WithdrawnAt = clock.GetUtcNow() };
                return known! with { Words = null, Life = life };
            },
            cancellationToken
        );
        return life;
    }

    /// <summary>Removes the row while it is still about an outreach.</summary>
    public async Task ForgetAsync(PersonKey person, string outreachId, CancellationToken cancellationToken)
    {
        if (await GetAsync(person, cancellationToken) is { } stored && stored.Card.OutreachId == outreachId)
            await store.CommitAsync(AccountRows.Table, person.Value, [EntityOperation.Delete(Row, stored.ETag)], cancellationToken);
    }

    /// <summary>The card of a row of an account; null for a row of another kind. Throws as <see cref="AccountRows.Read"/> does.</summary>
    public static StoredCard? Of(Entity row) =>
        row.RowKey != Row
            ? null
            : AccountRows.Read(
                row,
                static row => new StoredCard(
                    JsonSerializer.Deserialize(BlobColumns.Read(row, CardColumn), HelpJson.Default.HelpCard)
                        ?? throw new InvalidDataException("It holds no card."),
                    row.ETag
                )
            );

    private async Task ChangeAsync(PersonKey person, Func<HelpCard?, HelpCard?> change, CancellationToken cancellationToken) =>
        await store.ChangeAsync(
            AccountRows.Table,
            person.Value,
            Row,
            "change what a person is shown",
            clock,
            read =>
            {
                if (change(read is null ? null : Of(read)?.Card) is not { } changed)
                    return null;
                var row = new Entity(person.Value, Row);
                BlobColumns.Write(row, CardColumn, JsonSerializer.SerializeToUtf8Bytes(changed, HelpJson.Default.HelpCard));
                return row;
            },
            cancellationToken
        );
}

/// <summary>A card and the version it was read in.</summary>
public sealed record StoredCard(HelpCard Card, string ETag);
