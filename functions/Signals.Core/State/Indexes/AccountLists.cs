using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.State.Indexes;

/// <summary>
/// Reviewed accounts by risk (worst level first, and in it the most at stake), by name, and by cause, segment, plan and CS manager (each
/// worst first): lists <c>accounts</c>, <c>accounts-name</c>, <c>accounts-cause-{id}</c>, <c>accounts-segment-{id}</c>,
/// <c>accounts-plan-{hash}</c> and <c>accounts-csm-{hash}</c>; in other orders, each a range of the list <c>accounts-in-order</c>, so that
/// an account's rows in all of them change in one transaction; and accounts as they were when they moved, newest first: lists
/// <c>accounts-worsened</c>, <c>accounts-recovered</c> and <c>accounts-left</c>, rows <c>{inverted time}:{account}</c>. The review is their
/// one writer: the account's row says which list rows it should have, a wake-up written before it makes sure that they follow, whatever
/// crashes.
/// </summary>
public sealed class AccountLists(
    IEntityStore store,
    ShardedList lists,
    AccountFacets facets,
    WakeIndex wakes,
    UnreadableRows unreadable,
    ValueModel model,
    TimeProvider clock
)
{
    public const string ByRisk = "accounts";
    public const string ByName = "accounts-name";

    /// <summary>
    /// Accounts in several orders, one after the other: the keys of each begin with its name, such as <see cref="ByStake"/>.
    /// </summary>
    public const string InOrder = "accounts-in-order";

    /// <summary>Customers by money times chance, whatever their level, the most first (<see cref="Stake"/>).</summary>
    public const string ByStake = "stake-";

    /// <summary>By price, the highest first.</summary>
    public const string ByPrice = "price-";

    /// <summary>Customers by the UTC day of their renewal, past ones first: read on from <see cref="RenewalOrder"/>.</summary>
    public const string ByRenewal = "renewal-";

    /// <summary>Customers by health, the lowest first.</summary>
    public const string ByHealth = "health-";

    /// <summary>Customers by the UTC day on which something was heard of them last, the longest ago first.</summary>
    public const string BySeen = "seen-";

    /// <summary>
    /// Accounts that became at risk or critical (strategic ones: came up to watch too). Rows of the three lists of moves show the account
    /// at the move: <see cref="AccountSummary.Since"/> is when, <see cref="AccountSummary.Previous"/> and
    /// <see cref="AccountSummary.Level"/> from where to where.
    /// </summary>
    public const string Worsened = "accounts-worsened";

    /// <summary>Accounts that were at risk or critical (strategic ones: on watch) and are better.</summary>
    public const string Recovered = "accounts-recovered";

    /// <summary>Customers who left.</summary>
    public const string Gone = "accounts-left";

    /// <summary>Moves are kept so long.</summary>
    public const int KeepMovesDays = 60;

    private const double CentsPerUnit = 100;
    private const long MostCents = 999_999_999_999;
    private const string SummaryColumn = "summary";
    private const int MaxNameChars = 60;
    private const int MaxNameKeyChars = 110;

    private static readonly TimeSpan RepairAfter = TimeSpan.FromMinutes(5);

    private readonly AccountRows _rows = new(store);

    public static string ByCause(string cause) => $"accounts-cause-{cause}";

    /// <summary>The list of a plan's accounts; case does not count, as in the model.</summary>
    public static string ByPlan(string plan) => $"accounts-plan-{HashOf(plan)}";

    /// <summary>The list of a CS manager's accounts.</summary>
    public static string ByCsm(string csm) => $"accounts-csm-{HashOf(csm)}";

    /// <summary>The list of a segment's accounts.</summary>
    public static string BySegment(string segment) => $"accounts-segment-{segment}";

    /// <summary>
    /// How names are ordered and looked up, without case and accents: the keys of all names that begin so begin with this. A long one is
    /// cut.
    /// </summary>
    public static string NameKey(string name)
    {
        var folded = new StringBuilder();
        foreach (var rune in name.Trim().EnumerateRunes().Take(MaxNameChars))
        {
            string letter = rune.IsBmp
                ? LetterFolding.Ligature((char)rune.Value) ?? LetterFolding.Fold((char)rune.Value).ToString()
                : rune.ToString();
            string key = StorageKey.Encode(letter);
            if (folded.Length + key.Length > MaxNameKeyChars)
                break;
            folded.Append(key);
        }
        return folded.ToString();
    }

    /// <summary>
    /// The row key of the lists that begin with the worst account: by level, then by what is at stake (<see cref="Stake"/>), then by score.
    /// </summary>
    public static string RiskOrder(RiskLevel level, double stake, int score, string account) =>
        $"{3 - (int)level}{Stake.Order(Stake.Steps(stake))}{100 - score:D3}:{account}";

    /// <summary>The key before all rows of a UTC day and of those after it, in the order of renewals.</summary>
    public static string RenewalOrder(DateOnly day) => ByRenewal + Days.Key(day.DayNumber);

    /// <summary>What a row of any list shows.</summary>
    public static void Write(Entity row, AccountSummary summary) => Write(row, Bytes(summary));

    /// <summary>
    /// The review with the rows that it should have in the lists; null when the lists need no change. The caller writes the change's
    /// wake-up, saves the review, and applies the change, in this order.
    /// </summary>
    /// <param name="account">The account as it was read.</param>
    /// <param name="review">The review that is about to be saved.</param>
    /// <param name="cancellationToken">Ends the reading of the last change's wake-up.</param>
    public async Task<ListChange?> PrepareAsync(AccountState account, AccountReview review, CancellationToken cancellationToken)
    {
        var facts = AccountFacts.Of(account, model);
        byte[] summary = Bytes(AccountSummary.Of(account, facts, review));
        string hash = MessageHash.Of(summary).ToString("x16");
        var wanted = RowsOf(account, facts, review);
        if (hash == review.ListHash && wanted.SequenceEqual(review.ListRows))
            return null;
        bool unfinished = await IsUnfinishedAsync(account.Key, review, cancellationToken);
        var wake = RepairOf(account.Key);
        return new ListChange(
            wake,
            review with
            {
                ListHash = hash,
                ListRows = wanted,
                StaleListRows = [.. Stale(review, unfinished).Except(wanted, StringComparer.Ordinal)],
                Moves = unfinished ? review.Moves : [.. review.Moves.Where(move => move.At == review.ReviewedAt)],
                ListsWakeAt = wake.At,
            }
        );
    }

    /// <summary>The review of an account that is no longer reviewed, out of all lists; the caller goes on as above.</summary>
    public async Task<ListChange> WithdrawAsync(AccountKey account, AccountReview review, CancellationToken cancellationToken)
    {
        bool unfinished = await IsUnfinishedAsync(account, review, cancellationToken);
        var wake = RepairOf(account);
        return new ListChange(
            wake,
            review with
            {
                ListHash = "",
                ListRows = [],
                StaleListRows = Stale(review, unfinished),
                Moves = [],
                ListsWakeAt = wake.At,
            }
        );
    }

    /// <summary>
    /// Brings the lists in line with a saved account; the caller takes back the change's wake-up, which would have done it.
    /// </summary>
    public Task ApplyAsync(AccountState account, CancellationToken cancellationToken) => SyncAsync(account, cancellationToken);

    /// <summary>Brings the lists in line with an account's row: what a crash between the two left undone.</summary>
    public async Task RepairAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (await _rows.GetAccountAsync(key, cancellationToken) is { Review: not null } account)
            await SyncAsync(account, cancellationToken);
    }

    /// <summary>
    /// Accounts of a list in its order, after a cursor; with the cursor that follows each. What cannot be read is told of and passed over.
    /// </summary>
    public IAsyncEnumerable<(AccountSummary Account, string Cursor)> ReadAsync(
        string list,
        string? after,
        int pageSize,
        CancellationToken cancellationToken
    ) => ReadAsync(list, after, pageSize, null, cancellationToken);

    /// <summary>The same for a pass, which keeps what could not be read.</summary>
    public async IAsyncEnumerable<(AccountSummary Account, string Cursor)> ReadAsync(
        string list,
        string? after,
        int pageSize,
        UnreadablePass? pass,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in lists.ReadAsync(list, after, pageSize, cancellationToken))
        {
            if (Read(row, pass) is { } summary)
                yield return (summary, row.RowKey);
        }
    }

    /// <summary>
    /// The keys of a list's accounts in its order, after a cursor; with the cursor that follows each. No summary is read.
    /// </summary>
    /// <param name="list"><see cref="ByRisk"/>, <see cref="ByName"/>, or a list by cause, plan or manager.</param>
    /// <param name="after">The cursor of the last one seen, or null.</param>
    /// <param name="pageSize">How many are likely to be read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<(AccountKey Account, string Cursor)> KeysAsync(
        string list,
        string? after,
        int pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in lists.ReadAsync(list, after, pageSize, cancellationToken))
            yield return (KeyOf(row), row.RowKey);
    }

    /// <summary>The keys of the accounts of one of a list's <see cref="ShardedList.Shards"/> shards.</summary>
    public async IAsyncEnumerable<AccountKey> KeysOfShardAsync(
        string list,
        int shard,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in lists.ReadShardAsync(list, shard, cancellationToken))
            yield return KeyOf(row);
    }

    /// <summary>True when the accounts of a list's shard are no more than a page.</summary>
    public Task<bool> FitsPageAsync(string list, int shard, CancellationToken cancellationToken) =>
        lists.FitsPageAsync(list, shard, cancellationToken);

    /// <summary>Forgets moves that are older than <see cref="KeepMovesDays"/>; returns how many.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        string from = StorageKey.TimeDescending(clock.GetUtcNow().AddDays(-KeepMovesDays));
        int removed = 0;
        foreach (string list in new[] { Worsened, Recovered, Gone })
            removed += await lists.CutAsync(list, from, cancellationToken);
        return removed;
    }

    /// <summary>
    /// True while the wake-up stands that will finish an earlier change: its rows may still be there, its moves not yet. Otherwise they
    /// would gather for as long as the account lives.
    /// </summary>
    private async Task<bool> IsUnfinishedAsync(AccountKey account, AccountReview review, CancellationToken cancellationToken) =>
        (review.StaleListRows.Count > 0 || review.Moves.Any(move => move.At != review.ReviewedAt))
        && (review.ListsWakeAt is not { } at || await wakes.StandsAsync(new Wake(at, WakeKind.Lists, account), cancellationToken));

    /// <summary>The rows that may stand in the lists and will no longer be right.</summary>
    private static IReadOnlyList<string> Stale(AccountReview review, bool unfinished) =>
        unfinished ? [.. review.ListRows.Union(review.StaleListRows, StringComparer.Ordinal)] : review.ListRows;

    private Wake RepairOf(AccountKey account) => new(clock.GetUtcNow() + RepairAfter, WakeKind.Lists, account);

    private async Task SyncAsync(AccountState account, CancellationToken cancellationToken)
    {
        var review = account.Review!;
        var summary = AccountSummary.Of(account, AccountFacts.Of(account, model), review);
        byte[] written = Bytes(summary);
        await facets.NoteAsync(summary, cancellationToken);
        var stale = review.StaleListRows.Select(Split).ToLookup(row => row.Partition, row => row.Key, StringComparer.Ordinal);
        var standing = review.ListRows.Select(Split).ToLookup(row => row.Partition, row => row.Key, StringComparer.Ordinal);
        foreach (var rows in standing)
            await lists.MoveAsync(rows.Key, [.. rows.Select(key => RowOf(rows.Key, key))], stale[rows.Key], cancellationToken);
        foreach (var move in review.Moves)
        {
            if (ListOf(move, summary.Strategic) is not { } list)
                continue;
            var entity = new Entity(
                ShardedList.Partition(list, account.Key.Value),
                $"{StorageKey.TimeDescending(move.At)}:{account.Key.Value}"
            );
            Write(entity, summary with { Level = move.To, Previous = move.From, Since = move.At, Left = move.Left });
            await lists.PutAsync(entity, cancellationToken);
        }
        foreach (var rows in stale.Where(rows => !standing.Contains(rows.Key)))
            await lists.MoveAsync(rows.Key, [], rows, cancellationToken);

        Entity RowOf(string partition, string key)
        {
            var row = new Entity(partition, key);
            Write(row, written);
            return row;
        }
    }

    /// <summary>The list that tells of a move; null for one that is no news, between well and on watch.</summary>
    private static string? ListOf(LevelMove move, bool strategic)
    {
        var news = strategic ? RiskLevel.Watch : RiskLevel.AtRisk;
        if (move.Left)
            return Gone;
        if (move.To > move.From && move.To >= news)
            return Worsened;
        return move.To < move.From && move.From >= news ? Recovered : null;
    }

    private static byte[] Bytes(AccountSummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, IndexJson.Default.AccountSummary);

    private static void Write(Entity row, byte[] summary) => BlobColumns.Write(row, SummaryColumn, summary);

    private static List<string> RowsOf(AccountState state, AccountFacts facts, AccountReview review)
    {
        var account = state.Key;
        var assessment = review.Assessment;
        var risk = assessment.Risk;
        double stake = Stake.Of(facts.Price, risk.LogOdds);
        string byRisk = RiskOrder(risk.Level, stake, risk.Score, account.Value);
        List<string> rows = [Row(ByRisk, byRisk, account), Row(ByName, $"{NameKey(facts.Name)}:{account.Value}", account)];
        long cents = Math.Clamp((long)Math.Round(facts.Price * CentsPerUnit), 0, MostCents);
        rows.Add(Row(InOrder, $"{ByPrice}{MostCents - cents:D12}:{account.Value}", account));
        // Who left is at no risk, renews nothing and is not expected back: those lists are of customers.
        if (!review.Left)
        {
            rows.Add(Row(InOrder, $"{ByStake}{Stake.Order(Stake.Steps(stake))}{100 - risk.Score:D3}:{account.Value}", account));
            rows.Add(Row(InOrder, $"{ByHealth}{assessment.Health.Score:D3}:{account.Value}", account));
            if (facts.RenewalAt is { } renewal)
                rows.Add(Row(InOrder, $"{RenewalOrder(Days.Date(Days.Of(renewal)))}:{account.Value}", account));
            if (state.HeardOfAt is { } heard)
                rows.Add(Row(InOrder, $"{BySeen}{Days.Key(Days.Of(heard))}:{account.Value}", account));
        }
        if (facts.Plan is { Length: > 0 } plan)
            rows.Add(Row(ByPlan(plan), byRisk, account));
        if (facts.Csm is { Length: > 0 } csm)
            rows.Add(Row(ByCsm(csm), byRisk, account));
        rows.AddRange((review.Segments ?? []).Select(segment => Row(BySegment(segment), byRisk, account)));
        rows.AddRange(
            assessment
                .Causes.Select(cause => cause.Id)
                .Distinct(StringComparer.Ordinal)
                .Select(cause => Row(ByCause(cause), byRisk, account))
        );
        return rows;
    }

    private AccountSummary? Read(Entity row, UnreadablePass? pass)
    {
        try
        {
            return JsonSerializer.Deserialize(BlobColumns.Read(row, SummaryColumn), IndexJson.Default.AccountSummary);
        }
        catch (JsonException fault)
        {
            string account = KeyOf(row).Value;
            if (pass is null)
                unreadable.Tell(BackgroundWork.Lists, account, fault);
            else
                pass.Note(account, fault);
            return null;
        }
    }

    /// <summary>All orders end in the account's key, and none of what stands before it holds a colon.</summary>
    private static AccountKey KeyOf(Entity row) => new(row.RowKey[(row.RowKey.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static string HashOf(string name) => MessageHash.Of(name.Trim().ToLowerInvariant()).ToString("x16");

    private static string Row(string list, string key, AccountKey account) => $"{ShardedList.Partition(list, account.Value)}|{key}";

    private static (string Partition, string Key) Split(string row)
    {
        int bar = row.IndexOf('|', StringComparison.Ordinal);
        return (row[..bar], row[(bar + 1)..]);
    }
}

/// <summary>
/// A change of the lists under way: the review that says which rows there should be, and the wake-up that finishes it if this process does
/// not.
/// </summary>
public sealed record ListChange(Wake Wake, AccountReview Review);
