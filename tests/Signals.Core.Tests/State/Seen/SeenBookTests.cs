using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Seen;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Seen;

public sealed class SeenBookTests
{
    private readonly InMemoryEntityStore _store = new();
    private readonly NamesInUse _uses = new(FoldModel.Groups);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_add_up_and_a_restart_forgets_nothing_that_was_written()
    {
        SeenBook one = Book(),
            other = Book();
        one.Note(Batch("Clicked", 3));
        other.Note(Batch("Clicked", 4));
        await Task.WhenAll(one.FlushAsync(Cancellation), other.FlushAsync(Cancellation));
        one.Note(Batch("Clicked", 2));

        // Its own last minute too, and of the other what it wrote.
        Assert.Equal(9, await TimesAsync(one));
        Assert.Equal(7, await TimesAsync(Book()));
        await one.FlushAsync(Cancellation);
        Assert.Equal(9, await TimesAsync(Book()));
    }

    [Fact]
    public async Task Nothing_is_written_while_nothing_comes_and_a_minute_costs_one_query_and_one_transaction()
    {
        var book = Book();
        await book.FlushAsync(Cancellation);
        Assert.Equal(0, _store.Probe.Total);
        book.Note(Batch("Clicked", 1));
        await book.FlushAsync(Cancellation);
        _store.Probe.Reset();

        for (int i = 0; i < 1000; i++)
            book.Note(Batch($"name {i}", 1));
        await book.FlushAsync(Cancellation);

        Assert.Equal(2, _store.Probe.Total);
    }

    [Fact]
    public async Task What_cannot_be_written_is_kept_for_the_next_time()
    {
        var book = Book();
        book.Note(Batch("Clicked", 5));
        _store.Probe.Before = _ => throw new TransientStoreException("away");
        await Assert.ThrowsAsync<TransientStoreException>(() => book.FlushAsync(Cancellation));
        _store.Probe.Reset();
        book.Note(Batch("Clicked", 1));
        await book.FlushAsync(Cancellation);
        Assert.Equal(6, await TimesAsync(Book()));
    }

    [Fact]
    public async Task SDKs_that_were_listed_before_names_were_counted_are_not_forgotten()
    {
        var since = FoldApp.Noon.AddDays(-100);
        await _store.CommitAsync(
            PipelineCounters.Table,
            "sdks",
            [
                EntityOperation.Insert(
                    new Entity("sdks", StorageKey.Encode("node/1.0"))
                    {
                        ["library"] = "node/1.0",
                        ["firstSeen"] = since,
                        ["lastSeen"] = FoldApp.Noon,
                    }
                ),
            ],
            Cancellation
        );
        var book = Book();
        Assert.Equal(new NameCount("node/1.0", 1, true, since, FoldApp.Noon), Assert.Single((await book.ReadAsync(Cancellation)).Sdks));

        book.Note(new EventBatch([EventOf.Track("ann", "Clicked") with { Library = "node/1.0" }], []));
        await book.FlushAsync(Cancellation);
        await book.FlushAsync(Cancellation);

        Assert.Equal(new NameCount("node/1.0", 2, true, since, FoldApp.Noon), Assert.Single((await Book().ReadAsync(Cancellation)).Sdks));
    }

    [Fact]
    public async Task Hostile_names_of_every_kind_stay_within_what_a_row_and_a_transaction_hold()
    {
        var book = Book();
        string wide = new('字', 200);
        for (int i = 0; i < 1000; i++)
        {
            string name = $"{i}{wide}";
            book.Note(
                new EventBatch(
                    [
                        EventOf.Track("ann", name) with
                        {
                            Library = name,
                        },
                        EventOf.Track("ann", FoldModel.Watched, properties: new Dictionary<string, int> { [name] = 1 }),
                        EventOf.Identify("ann", traits: new Dictionary<string, int> { [name] = 1 }),
                        EventOf.Group("ann", "acme", traits: new Dictionary<string, int> { [name] = 1 }),
                    ],
                    [new QuarantinedEvent(name, "", FoldApp.Noon)]
                )
            );
        }
        await book.FlushAsync(Cancellation);

        var report = await Book().ReadAsync(Cancellation);
        Assert.All(report.Lists, list => Assert.Equal(NameTally.Capacity, list.Names.Count));
        Assert.Equal(1000, report.Properties.OtherCount + report.Properties.Names.Sum(name => name.Count));
    }

    private SeenBook Book() =>
        new(_store, _uses, new LeftOutList(_store, new LeftOutCounts(TimeProvider.System), TimeProvider.System), TimeProvider.System);

    private static EventBatch Batch(string name, int times) =>
        new([.. Enumerable.Range(0, times).Select(_ => EventOf.Track("ann", name))], []);

    private static async Task<long> TimesAsync(SeenBook book) =>
        (await book.ReadAsync(Cancellation)).Events.Names.Single(name => name.Name == "Clicked").Count;
}
