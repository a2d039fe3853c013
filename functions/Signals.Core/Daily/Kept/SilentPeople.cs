using System.Text.Json;
using Signals.Core.Daily.Erasure;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Erasure;
using Signals.Core.State.Accounts;
using Signals.Core.State.Audit;
using Signals.Core.State.Identity;

namespace Signals.Core.Daily.Kept;

/// <summary>
/// Lets go of people and accounts that were silent for longer than the model keeps them. Nothing leads from a day to who was heard of last
/// then, so a pass reads every account, once a week; it goes on where it was. How far it is: table <see cref="ErasedIds.Table"/>,
/// partition <see cref="Partition"/>, one row.
/// </summary>
public sealed class SilentPeople(
    IEntityScan scan,
    IEntityStore store,
    ErasureBook book,
    ErasureDesk desk,
    Silence silence,
    AuditLog audit,
    ValueModel model,
    TimeProvider clock
)
{
    public const string Partition = "silence";

    public static readonly TimeSpan Between = TimeSpan.FromDays(7);

    /// <summary>People and accounts that are being let go at once: the rest waits for the next day.</summary>
    public const int MostAtOnce = 1000;

    private const int PagesPerRun = 1000;
    private const string Who = "housekeeping";
    private const string Row = "pass";
    private const string Column = "pass";

    public Task<int> PruneAsync(CancellationToken cancellationToken) => PruneAsync(MostAtOnce, cancellationToken);

    /// <summary>Goes on with the pass, or begins one that is due; returns how many people and accounts it let go.</summary>
    /// <param name="most">The most that may be under way at once.</param>
    /// <param name="cancellationToken">Ends it after the one it is at.</param>
    public async Task<int> PruneAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (model.Keep is { PeopleDays: null, AccountDays: null })
            return 0;
        var pass = await ReadAsync(cancellationToken);
        if (pass is { IsOver: true } && !Elapsed.Since(pass.BeganAt, Between, now))
            return 0;
        if (pass is null or { IsOver: true })
            pass = new SilencePass(now, null, IsOver: false);
        int room = most - (await book.OpenAsync(cancellationToken)).Count(request => request.SilentSince is not null);
        var run = new Run(room);
        for (int pages = 0; pages < PagesPerRun && !pass.IsOver; pages++)
        {
            var (rows, goesOn) = await scan.ScanAsync(AccountRows.Table, pass.After, cancellationToken);
            foreach (var row in rows.Where(_ => run.HasRoom))
                await LookAtAsync(row, run, now, cancellationToken);
            // What there was no room for is looked at again.
            if (!run.HasRoom)
                break;
            pass = pass with { After = goesOn, IsOver = goesOn is null };
        }
        await SaveAsync(pass, cancellationToken);
        if (run.People + run.Accounts > 0)
            await audit.WriteAsync(
                new AuditEntry(now, Who, "people.let-go", "keep", $"people: {run.People}, accounts: {run.Accounts}"),
                cancellationToken
            );
        return run.People + run.Accounts;
    }

    private async Task LookAtAsync(Entity row, Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            if (model.Keep.PeopleDays is { } days && AccountRows.PersonOf(row) is { } person)
            {
                var since = now.AddDays(-days);
                if (
                    !Silence.IsBroken(person, since)
                    && run.Take(person.Key.Value)
                    && await silence.IsSilentAsync(person.Key, since, cancellationToken)
                    && await desk.LetGoAsync(person.Key, since, Who, cancellationToken)
                )
                    run.People++;
            }
            else if (model.Keep.AccountDays is { } accountDays && AccountRows.AccountOf(row) is { Key.IsGroup: true } account)
            {
                var since = now.AddDays(-accountDays);
                if (
                    !Silence.IsBroken(account, since)
                    && await silence.IsSilentAsync(account.Key, since, cancellationToken)
                    && await LetGoAsync(account.Key, since, run, cancellationToken)
                )
                    run.Accounts++;
            }
        }
        catch (UnreadableRowException)
        {
            // Whoever reads it next tells of it.
        }
    }

    /// <summary>A group, and first whoever is silent everywhere: nobody is left with an entry that leads nowhere.</summary>
    private async Task<bool> LetGoAsync(AccountKey group, DateTimeOffset since, Run run, CancellationToken cancellationToken)
    {
        const int PageSize = 100;
        var rows = new AccountRows(store);
        string? after = null;
        while (await rows.GetPeopleAsync(group, after, PageSize, cancellationToken) is { Count: > 0 } people)
        {
            after = people[^1].Key.Value;
            foreach (var person in people)
            {
                if (
                    run.Take(person.Key.Value)
                    && await silence.IsSilentAsync(person.Key, since, cancellationToken)
                    && await desk.LetGoAsync(person.Key, since, Who, cancellationToken)
                )
                    run.People++;
            }
        }
        return await desk.LetGoAsync(group, since, Who, cancellationToken);
    }

    private async Task<SilencePass?> ReadAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(ErasedIds.Table, Partition, Row, cancellationToken) is { } row
            ? JsonSerializer.Deserialize(BlobColumns.Read(row, Column), KeptJson.Default.SilencePass)
            : null;

    private async Task SaveAsync(SilencePass pass, CancellationToken cancellationToken)
    {
        var row = new Entity(Partition, Row);
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(pass, KeptJson.Default.SilencePass));
        await store.CommitAsync(ErasedIds.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>What one run did, and whom it has looked at: somebody in several accounts is looked at once.</summary>
    private sealed class Run(int room)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public int People { get; set; }

        public int Accounts { get; set; }

        public bool HasRoom => People + Accounts < room;

        public bool Take(string person) => _seen.Add(person);
    }
}

/// <summary>A pass through all accounts.</summary>
/// <param name="BeganAt">When it began.</param>
/// <param name="After">Where it goes on; null at the beginning and the end.</param>
/// <param name="IsOver">True once all was read.</param>
internal sealed record SilencePass(DateTimeOffset BeganAt, string? After, bool IsOver);
