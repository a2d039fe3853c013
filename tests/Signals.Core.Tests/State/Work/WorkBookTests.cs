using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;
using Signals.Testing;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Work;

public sealed class WorkBookTests
{
    private const string Ann = "ann@nimbus.example";

    private static readonly AccountKey Acme = AccountKey.Group("acme");
    private static readonly DateOnly Friday = new(2026, 3, 6);

    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly InMemoryEntityStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        var book = new WorkBook(_store, new ShardedList(_store), _clock);
        await book.ChangeAsync(Acme, "acme", "Acme", WithStep, Cancel);
        string etag = (await _store.GetAsync(AccountRows.Table, Acme.Value, AccountRows.WorkRow, Cancel))!.ETag;

        var (before, after) = await book.ChangeAsync(Acme, "acme", "Acme", work => work with { Steps = [.. work.Steps] }, Cancel);

        Assert.Same(before, after);
        Assert.Equal(etag, (await _store.GetAsync(AccountRows.Table, Acme.Value, AccountRows.WorkRow, Cancel))!.ETag);
    }

    [Fact]
    public async Task Who_reads_their_list_while_a_step_is_written_loses_it_to_nobody()
    {
        var book = new WorkBook(_store, new ShardedList(_store), _clock);
        _store.Probe.Before = async call =>
        {
            if (call.Kind == StoreCallKind.Commit && call.Key == Acme.Value)
                await book.StepsAsync(Ann, Friday, 10, Cancel);
        };

        await book.ChangeAsync(Acme, "acme", "Acme", WithStep, Cancel);

        Assert.Equal("Call them", Assert.Single(await book.StepsAsync(Ann, Friday, 10, Cancel)).Text);
    }

    private AccountWork WithStep(AccountWork work) =>
        work with
        {
            Steps = [new WorkStep("s1", "Call them", Friday, Ann, Ann, _clock.GetUtcNow())],
        };
}
