using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Local.Storage;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>
/// A recorded stream of 868,303 events through the built app over HTTP, compared with a computation that shares no code with it.
/// </summary>
public sealed class RecordedStreamTests : IDisposable
{
    private const string Stream = "eventsim.ndjson.gz";
    private const double Tolerance = 0.01;

    private static readonly string Model = Repository.Sample("music-streaming.json");

    private readonly string _data = Directory.CreateTempSubdirectory("signals-end-to-end-").FullName;

    [Fact]
    public async Task Every_event_is_folded_once_into_its_person_and_day()
    {
        LongTests.Only();
        var stream = EventStream.Open(Stream);
        long count = stream.Lines().LongCount();

        PipelineCounts counts;
        await using (var app = await SignalsProcess.ServeAsync(_data, Model, TestContext.Current.CancellationToken))
        {
            Assert.Equal(count, await stream.PostAsync(app, TestContext.Current.CancellationToken));
            counts = await app.DrainedAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(new PipelineCounts(count, count, 0, 0, 0, 0), counts);
        await AssertSameValueAsync(stream);
    }

    [Fact]
    public async Task Kills_at_any_moment_lose_and_double_nothing()
    {
        LongTests.Only();
        var stream = EventStream.Open(Stream);
        long count = stream.Lines().LongCount();
        var random = new Random(20260117);
        long acknowledged = 0;

        for (int kill = 0; kill < 4; kill++)
        {
            await using var app = await SignalsProcess.ServeAsync(_data, Model, TestContext.Current.CancellationToken);
            var posting = stream.PostAsync(app, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(300, 2500), TestContext.Current.CancellationToken);
            await app.KillAsync();
            acknowledged += await posting;
        }
        PipelineCounts counts;
        await using (var app = await SignalsProcess.ServeAsync(_data, Model, TestContext.Current.CancellationToken))
        {
            acknowledged += await stream.PostAsync(app, TestContext.Current.CancellationToken);
            counts = await app.DrainedAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(count, counts.Folded);
        Assert.Equal(counts.Accepted, counts.Folded + counts.Duplicates + counts.Quarantined + counts.Queued);
        // What was durable when the process died, but not yet answered, was accepted too.
        Assert.InRange(counts.Accepted, acknowledged, acknowledged + 4 * 8 * 500);
        Assert.Equal(0, counts.DeadLettered);
        await AssertSameValueAsync(stream);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private async Task AssertSameValueAsync(EventStream stream)
    {
        var expected = stream.Sum("NextSong", "seconds");
        var model = ValueModelReader.ReadFile(Model, CauseCatalogue.All).Model!;
        using var database = SqliteDatabase.Open(_data, new SqliteStorageOptions());
        var rows = new AccountRows(new SqliteEntityStore(database));
        foreach (var person in expected.GroupBy(sum => sum.Key.Person))
        {
            var key = PersonKey.User(person.Key);
            var state = await rows.GetPersonAsync(AccountKey.Own(key), key, TestContext.Current.CancellationToken);
            Assert.NotNull(state);
            var usage = new UsageView(state.History, model);
            foreach (var ((_, day), seconds) in person)
                Assert.Equal(seconds / 60, usage.Value(day.DayNumber, day.DayNumber), Tolerance);
            Assert.Equal(person.Sum(sum => sum.Value) / 60, usage.Value(0, Days.Of(DateTimeOffset.MaxValue) - 1), Tolerance);
        }
    }
}
