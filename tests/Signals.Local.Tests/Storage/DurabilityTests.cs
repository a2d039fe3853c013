using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_acknowledged_is_there_after_kill_9_however_often()
    {
        int rows = 0;
        int sent = 0;
        foreach (int lines in new[] { 1, 60, 500 })
        {
            string folder = _folder.File($"after-{lines}");
            var acknowledged = await WriteAndKillAsync(folder, lines);
            using var database = SqliteDatabase.Open(folder);
            var store = new SqliteEntityStore(database);
            var queue = new SqliteMessageQueue(database, TimeProvider.System);

            foreach (var (writer, number) in acknowledged.Where(line => line.What == "row").Select(line => (line.Writer, line.Number)))
            {
                var row = await store.GetAsync("Crash", $"writer{writer}", $"{number:D8}", Cancellation);
                var last = await store.GetAsync("Crash", $"writer{writer}", "last", Cancellation);
                Assert.Equal(number, row?.GetInt32("Number"));
                Assert.True(last?.GetInt32("Number") >= number, "A transaction was torn.");
                rows++;
            }
            var ids = (await queue.ReceiveAsync("crash", int.MaxValue, TimeSpan.FromMinutes(1), Cancellation))
                .Select(message => message.MessageId)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var line in acknowledged.Where(line => line.What == "sent"))
            {
                Assert.Contains($"{line.Writer}-{line.Number}", ids);
                sent++;
            }
        }

        Assert.True(rows > 250 && sent > 200, $"Only {rows} rows and {sent} messages were acknowledged.");
    }

    [Fact]
    public async Task A_folder_is_refused_while_another_process_has_it_and_free_once_that_is_killed()
    {
        using var writer = StorageWriterProcess.Start(_folder.Path);
        Assert.Equal("open", await writer.ReadLineAsync(Cancellation));

        var error = Assert.Throws<DataFileException>(() => SqliteDatabase.Open(_folder.Path));
        await writer.KillAndWaitAsync(Cancellation);
        using var database = SqliteDatabase.Open(_folder.Path);

        Assert.Contains("a lock held by another process", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(database.File));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Lets a process write until it has acknowledged that much, kills it, and returns all that it acknowledged.</summary>
    private static async Task<List<(string What, int Writer, int Number)>> WriteAndKillAsync(string folder, int lines)
    {
        using var writer = StorageWriterProcess.Start(folder);
        Assert.Equal("open", await writer.ReadLineAsync(Cancellation));
        var acknowledged = new List<(string, int, int)>();
        // Each line is one write to the pipe, so that none is cut off by the kill.
        while (await writer.ReadLineAsync(Cancellation) is { } line)
        {
            string[] parts = line.Split(' ');
            acknowledged.Add((parts[0], int.Parse(parts[1]), int.Parse(parts[2])));
            if (acknowledged.Count == lines)
                writer.Kill();
        }
        return acknowledged;
    }
}
