using BenchmarkDotNet.Attributes;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

namespace Signals.Benchmarks;

/// <summary>Commits with one and with many writers, and point reads; the time is one operation's.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private const int Commits = 512;
    private const int Reads = 4096;
    private const int Rows = 2048;

    private readonly Random _random = new(1);
    private string _folder = "";
    private SqliteDatabase _database = null!;
    private SqliteEntityStore _store = null!;
    private byte[][] _bodies = [];
    private int _written;

    [Params(2 * 1024, 20 * 1024)]
    public int RowBytes { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("signals-benchmark-").FullName;
        _database = SqliteDatabase.Open(_folder);
        _store = new SqliteEntityStore(_database);
        // SQLite skips pages that a write leaves as they were, so that each write needs other bytes than the last.
        _bodies = [.. Enumerable.Range(0, 7).Select(_ => RandomBytes(RowBytes))];
        for (int i = 0; i < Rows; i++)
            await UpsertAsync(i);
    }

    [GlobalCleanup]
    public void Close()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Commits)]
    public async Task One_writer()
    {
        for (int i = 0; i < Commits; i++)
            await UpsertAsync(i);
    }

    [Benchmark(OperationsPerInvoke = Commits)]
    public Task Writers_64() =>
        Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(async writer =>
                {
                    for (int i = writer; i < Commits; i += 64)
                        await UpsertAsync(i);
                })
        );

    [Benchmark(OperationsPerInvoke = Reads)]
    public async Task<int> Point_read()
    {
        int found = 0;
        for (int i = 0; i < Reads; i++)
        {
            if (await _store.GetAsync("Bench", Partition(i * 7 % Rows), "row", CancellationToken.None) is not null)
                found++;
        }
        return found;
    }

    private static string Partition(int number) => $"account-{number:D6}";

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private async Task UpsertAsync(int number)
    {
        byte[] body = _bodies[Interlocked.Increment(ref _written) % _bodies.Length];
        string partition = Partition(number % Rows);
        await _store.CommitAsync(
            "Bench",
            partition,
            [EntityOperation.Upsert(new Entity(partition, "row") { ["Bytes"] = body, ["Number"] = number })],
            CancellationToken.None
        );
    }
}
