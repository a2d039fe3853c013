using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

public sealed class PoisonTests
{
    private readonly InMemoryEntityStore _store = new();
    private readonly FoldApp _app;

    public PoisonTests() => _app = new FoldApp(_store, FoldModel.Groups);

    [Theory]
    [InlineData("g_bad", AccountRows.AccountRow, "group")]
    [InlineData("g_bad", "person:u_u", "group")]
    [InlineData("u_u", AccountRows.AccountRow, "own")]
    [InlineData("u_u", AccountRows.AccountRow, "identify")]
    [InlineData("u_u", AccountRows.AccountRow, "join")]
    [InlineData("u_u", "person:u_u", "own")]
    public async Task A_row_of_a_newer_layout_gives_back_only_the_messages_with_events_for_it(string partition, string row, string what)
    {
        var newer = new Entity(partition, row) { ["state"] = new byte[] { 99, 1, 2, 3 } };
        await _store.CommitAsync(AccountRows.Table, partition, [EntityOperation.Upsert(newer)], TestContext.Current.CancellationToken);
        UsageEvent poisoned = what switch
        {
            "group" => EventOf.Track("u", FoldModel.Watched, group: "bad"),
            "identify" => EventOf.Identify("u", anonymous: "device"),
            "join" => EventOf.Group("u", "good"),
            _ => EventOf.Track("u", FoldModel.Watched),
        };

        var settlements = await _app.DeliverAsync(
            FoldApp.Message("m1", EventOf.Track("v", FoldModel.Watched, group: "good")),
            FoldApp.Message("m2", EventOf.Track("w", FoldModel.Watched, group: "good"), poisoned),
            FoldApp.Message("m3", EventOf.Track("x", FoldModel.Watched, group: "good"))
        );

        Assert.Equal([Settlement.Done, Settlement.Done], [settlements[0], settlements[2]]);
        Assert.Contains("layout 99", Assert.IsType<Settlement.Retry>(settlements[1]).Reason, StringComparison.Ordinal);

        // The healthy neighbour in the same message is folded, and counted once when the message can be finished.
        Assert.NotNull(await _app.FindAsync(AccountKey.Group("good"), PersonKey.User("w")));
        Assert.Equal(new PipelineTotals(2, 0, 0), await _app.TotalsAsync());
    }

    [Fact]
    public async Task A_message_that_was_given_back_is_counted_in_full_once_its_account_can_be_read_again()
    {
        var newer = new Entity("g_bad", AccountRows.AccountRow) { ["state"] = new byte[] { 99 } };
        await _store.CommitAsync(AccountRows.Table, "g_bad", [EntityOperation.Insert(newer)], TestContext.Current.CancellationToken);
        var message = FoldApp.Message(
            "m1",
            EventOf.Track("u", FoldModel.Watched, group: "good"),
            EventOf.Track("u", FoldModel.Watched, group: "bad")
        );
        await _app.DeliverAsync(message);
        await _store.CommitAsync(
            AccountRows.Table,
            "g_bad",
            [EntityOperation.Delete(AccountRows.AccountRow)],
            TestContext.Current.CancellationToken
        );

        await _app.FoldAsync(message);

        Assert.Equal(new PipelineTotals(2, 0, 0), await _app.TotalsAsync());
    }

    [Fact]
    public async Task A_corrupt_body_goes_to_the_dead_letter_alone()
    {
        var good = FoldApp.Message("m1", EventOf.Track("u", FoldModel.Watched));
        byte[] broken = good.Body.ToArray();
        broken[^1] ^= 0xFF;

        var settlements = await _app.DeliverAsync(
            good,
            good with
            {
                MessageId = "m2",
                Body = broken,
            },
            good with
            {
                MessageId = "m3",
                Body = new byte[] { 1, 2 },
            }
        );

        Assert.Equal(Settlement.Done, settlements[0]);
        Assert.All(settlements.Skip(1), settlement => Assert.IsType<Settlement.DeadLetter>(settlement));
        Assert.Equal(new PipelineTotals(1, 0, 0), await _app.TotalsAsync());
    }

    [Fact]
    public async Task A_store_out_of_reach_gives_the_whole_batch_back()
    {
        _store.Probe.Before = _ => throw new TransientStoreException("busy");

        await Assert.ThrowsAsync<TransientStoreException>(() =>
            _app.DeliverAsync(FoldApp.Message("m1", EventOf.Identify("u", anonymous: "a")))
        );
    }
}
