using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Local.Storage;

// A process for the durability tests to kill: it writes to the data folder given without end, and prints one line for
// each write that was acknowledged: "row <writer> <number>" or "sent <writer> <number>".
using var database = SqliteDatabase.Open(args[0]);
var store = new SqliteEntityStore(database);
var queue = new SqliteMessageQueue(database, TimeProvider.System);
using var console = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var lines = TextWriter.Synchronized(console);
lines.WriteLine("open");
await Task.WhenAll(Enumerable.Range(0, 8).Select(WriteAsync));

async Task WriteAsync(int writer)
{
    string partition = $"writer{writer}";
    for (int number = 0; ; number++)
    {
        var row = new Entity(partition, $"{number:D8}") { ["Number"] = number, ["Body"] = new byte[3000] };
        var last = new Entity(partition, "last") { ["Number"] = number };
        var result = await store.CommitAsync(
            "Crash",
            partition,
            [EntityOperation.Insert(row), EntityOperation.Upsert(last)],
            CancellationToken.None
        );
        if (!result.Committed)
            throw new InvalidOperationException($"Row {number} of {partition} was not committed: {result.Status}.");
        lines.WriteLine($"row {writer} {number}");
        await queue.SendAsync("crash", [new OutgoingMessage($"{writer}-{number}", new byte[100])], CancellationToken.None);
        lines.WriteLine($"sent {writer} {number}");
    }
}
