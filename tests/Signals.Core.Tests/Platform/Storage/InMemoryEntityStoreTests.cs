using Signals.Core.Platform.Storage;
using Signals.Testing;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Platform.Storage;

public sealed class InMemoryEntityStoreTests : EntityStoreContract
{
    private readonly InMemoryEntityStore _store = new();

    protected override IEntityStore Store => _store;

    [Fact]
    public async Task A_crash_before_a_commit_leaves_nothing_and_one_after_it_leaves_all()
    {
        var operation = EntityOperation.Insert(new Entity(Partition, "row"));
        _store.Probe.CrashAt(1);
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await CommitAsync(operation));
        Assert.Empty(_store.All(Table));

        _store.Probe.Reset();
        _store.Probe.CrashAt(1, applied: true);
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await CommitAsync(operation));
        Assert.Single(_store.All(Table));
    }

    [Fact]
    public async Task Calls_and_writes_are_counted_by_kind()
    {
        await CommitAsync(EntityOperation.Insert(new Entity(Partition, "a")), EntityOperation.Insert(new Entity(Partition, "b")));
        await _store.GetAsync(Table, Partition, "a", TestContext.Current.CancellationToken);
        await _store.GetAsync(Table, Partition, "b", TestContext.Current.CancellationToken);

        Assert.Equal(
            (1, 2, 2, 3),
            (
                _store.Probe.Count(StoreCallKind.Commit),
                _store.Probe.Writes(StoreCallKind.Commit),
                _store.Probe.Count(StoreCallKind.Get),
                _store.Probe.Total
            )
        );
    }

    private ValueTask<CommitResult> CommitAsync(params EntityOperation[] operations) =>
        _store.CommitAsync(Table, Partition, operations, TestContext.Current.CancellationToken);
}
