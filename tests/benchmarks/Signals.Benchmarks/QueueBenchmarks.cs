using BenchmarkDotNet.Attributes;
using Signals.Core.Platform.Messaging;
using Signals.Local.Storage;

namespace Signals.Benchmarks;

/// <summary>A message's whole way: sent, received, completed; the time is one message's.</summary>
[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int Messages = 512;

    private readonly byte[] _body = new byte[20 * 1024];
    private string _folder = "";
    private SqliteDatabase _database = null!;
    private SqliteMessageQueue _queue = null!;
    private int _last;

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("signals-benchmark-").FullName;
        _database = SqliteDatabase.Open(_folder);
        _queue = new SqliteMessageQueue(_database, TimeProvider.System);
    }

    [GlobalCleanup]
    public void Close()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public async Task One_by_one()
    {
        for (int i = 0; i < Messages; i++)
        {
            await SendAsync();
            await HandleAsync(1);
        }
    }

    /// <summary>As the app does it: eight connections send, two workers receive and settle batches of 32.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task Eight_senders_two_workers()
    {
        int handled = 0;
        var senders = Enumerable
            .Range(0, 8)
            .Select(async _ =>
            {
                for (int i = 0; i < Messages / 8; i++)
                    await SendAsync();
            });
        var workers = Enumerable
            .Range(0, 2)
            .Select(async _ =>
            {
                while (Volatile.Read(ref handled) < Messages)
                    Interlocked.Add(ref handled, await HandleAsync(32));
            });
        await Task.WhenAll(senders.Concat(workers));
    }

    private Task SendAsync() =>
        _queue.SendAsync("bench", [new OutgoingMessage($"m{Interlocked.Increment(ref _last)}", _body)], CancellationToken.None);

    private async Task<int> HandleAsync(int batch)
    {
        var messages = await _queue.ReceiveAsync("bench", batch, TimeSpan.FromMinutes(1), CancellationToken.None);
        await _queue.SettleAsync([.. messages.Select(message => new SettledMessage(message, Settlement.Done))], CancellationToken.None);
        return messages.Count;
    }
}
