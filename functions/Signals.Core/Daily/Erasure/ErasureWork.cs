using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Removes whoever asked to be forgotten. What is found through a person's own entry goes at once (<see cref="ErasureDesk"/>); then walks
/// through every row, dead letter and kept mail follow, until one that began <see cref="Settle"/> after the asking finds nothing: that is
/// the proof. A walk goes on where it was, whatever process does; it costs one read of everything, however many people it is for.
/// </summary>
public sealed class ErasureWork(
    IEntityScan scan,
    ErasureBook book,
    ErasedIds erased,
    AccountEraser accounts,
    RowEraser rows,
    LeftoverEraser leftovers,
    TimeProvider clock
)
{
    /// <summary>
    /// Work that began before an erasure was known to its process has ended by then, and what it brought back is found by the walk.
    /// </summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(10);

    /// <summary>Pages that a run of the sweep reads: a million rows take some three runs.</summary>
    public const int PagesPerRun = 400;

    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    /// <summary>1 while this process walks.</summary>
    private int _running;

    private static int LeftoverStep => RowEraser.Tables.Count;

    private static int PurgeStep => LeftoverStep + 1;

    /// <summary>Goes on with the walk, or begins one that is due; returns how many pages it read.</summary>
    /// <param name="pages">The most pages to read.</param>
    /// <param name="cancellationToken">Ends the walk after the page it is at.</param>
    public async Task<int> RunAsync(int pages, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            return 0;
        try
        {
            int read = 0;
            while (read < pages && await StepAsync(cancellationToken) is { } step)
                read += step;
            return read;
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    public Task<int> RunAsync(CancellationToken cancellationToken) => RunAsync(PagesPerRun, cancellationToken);

    /// <summary>One page, or one of the steps after the last; null when there is nothing to do, or somebody else does it.</summary>
    private async Task<int?> StepAsync(CancellationToken cancellationToken)
    {
        string etag = "";
        ErasureWalk? walk;
        if (await book.WalkAsync(cancellationToken) is { } underWay)
            (walk, etag) = underWay;
        else if ((walk = await BeginAsync(cancellationToken)) is null)
            return null;
        if (walk.Step >= PurgeStep)
        {
            if (walk.Proved)
                await scan.PurgeAsync(cancellationToken);
            await book.EndWalkAsync(etag, cancellationToken);
            return 1;
        }
        var requests = (await book.OpenAsync(cancellationToken)).FindAll(request => walk.Requests.Contains(request.Id));
        var subjects = new ErasureSubjects([.. requests.Select(request => new ErasureSubject(request))]);
        var next =
            walk.Step < LeftoverStep
                ? await ReadPageAsync(walk, subjects, cancellationToken)
                : await FinishAsync(walk, subjects, cancellationToken);
        foreach (var subject in subjects.All)
        {
            if (subject.CameBack)
            {
                await book.EndAsync(subject.Id, cancellationToken);
                continue;
            }
            await accounts.KeepAsync(subject, subjects, cancellationToken);
            await erased.AddAsync(subject.Remembered, cancellationToken);
        }
        requests = requests.FindAll(request => !subjects.All.Any(subject => subject.CameBack && subject.Id == request.Id));
        next = Counted(next, subjects);
        if (next.Step == PurgeStep)
            next = next with { Proved = await ConcludeAsync(next, requests, cancellationToken) };
        return await book.SaveWalkAsync(next, etag, cancellationToken) is null ? null : 1;
    }

    /// <summary>A walk for every request that is open, when one of them is due.</summary>
    private async Task<ErasureWalk?> BeginAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = await book.OpenAsync(cancellationToken);
        return open.Exists(request => request.NotBefore <= now || request.NotBefore > now + LongestRest + Settle)
            ? new ErasureWalk { BeganAt = now, Requests = [.. open.Select(request => request.Id)] }
            : null;
    }

    private async Task<ErasureWalk> ReadPageAsync(ErasureWalk walk, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        string table = RowEraser.Tables[walk.Step];
        var (read, goesOn) = await scan.ScanAsync(table, walk.After, cancellationToken);
        foreach (var row in read)
        {
            try
            {
                await rows.EraseAsync(table, row, subjects, cancellationToken);
            }
            catch (UnreadableRowException)
            {
                RowEraser.NoteUnreadable(row, subjects);
            }
        }
        return walk with { Step = goesOn is null ? walk.Step + 1 : walk.Step, After = goesOn };
    }

    private async Task<ErasureWalk> FinishAsync(ErasureWalk walk, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        foreach (var subject in subjects.All)
            await rows.EraseAddressesAsync(subject, cancellationToken);
        await leftovers.EraseDeadLettersAsync(subjects, cancellationToken);
        await leftovers.EraseMailsAsync(subjects, cancellationToken);
        await leftovers.EraseWordsAsync(subjects, cancellationToken);
        return walk with { Step = PurgeStep };
    }

    private static ErasureWalk Counted(ErasureWalk walk, ErasureSubjects subjects)
    {
        var removed = new Dictionary<string, int>(walk.Removed, StringComparer.Ordinal);
        var problems = new Dictionary<string, string>(walk.Problems, StringComparer.Ordinal);
        foreach (var subject in subjects.All)
        {
            if (subject.Removed > 0)
                removed[subject.Id] = removed.GetValueOrDefault(subject.Id) + subject.Removed;
            if (subject.Problem is { } problem)
                problems[subject.Id] = problem;
        }
        return walk with { Removed = removed, Problems = problems };
    }

    /// <summary>True when anything is proved.</summary>
    private async Task<bool> ConcludeAsync(ErasureWalk walk, IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        bool any = false;
        foreach (var asked in requests)
        {
            bool isProved =
                walk.BeganAt >= asked.AskedAt + Settle
                && !walk.Removed.ContainsKey(asked.Id)
                && !walk.Problems.ContainsKey(asked.Id)
                && (asked.SilentSince is not null || await leftovers.HasPassedAsync(asked.AskedAt, cancellationToken));
            any |= isProved;
            if (isProved && asked.SilentSince is not null)
            {
                await book.EndAsync(asked.Id, cancellationToken);
                continue;
            }
            await book.ChangeAsync(
                asked.Id,
                request =>
                    isProved
                        ? request! with
                        {
                            State = ErasureState.Proved,
                            ProvedAt = now,
                            Walks = request.Walks + 1,
                            Problem = null,
                            Marks = null,
                        }
                        : request! with
                        {
                            Walks = request.Walks + 1,
                            Removed = request.Removed + walk.Removed.GetValueOrDefault(asked.Id),
                            Problem = walk.Problems.GetValueOrDefault(asked.Id),
                            NotBefore = NextWalk(request, now),
                        },
                cancellationToken
            );
        }
        return any;
    }

    /// <summary>The first walk that can prove anything; after it, ever later ones.</summary>
    private static DateTimeOffset NextWalk(ErasureRequest request, DateTimeOffset now)
    {
        var provable = request.AskedAt + Settle;
        if (now < provable)
            return provable;
        var rest = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(request.Walks, 12)));
        return now + (rest < LongestRest ? rest : LongestRest);
    }
}
