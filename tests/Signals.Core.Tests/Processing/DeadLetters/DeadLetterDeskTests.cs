using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.DeadLetters;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Testing.Folding;
using Signals.Testing.Messaging;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.DeadLetters;

public sealed class DeadLetterDeskTests
{
    private const string Broken = "g_broken";

    private readonly InMemoryEntityStore _store = new();
    private readonly FoldApp _app;
    private readonly InMemoryMessageQueue _queue;
    private readonly DeadLetterDesk _desk;

    public DeadLetterDeskTests()
    {
        _app = new FoldApp(_store, FoldModel.Groups);
        _queue = new InMemoryMessageQueue(_app.Clock);
        _desk = new DeadLetterDesk(_queue, _app.Counters, _app.Clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_was_folded_in_part_is_folded_once_when_it_is_replayed()
    {
        await PutAsideAsync();
        await _store.CommitAsync(AccountRows.Table, Broken, [EntityOperation.Delete(AccountRows.AccountRow)], Cancellation);

        var letter = Assert.Single((await _desk.ListAsync(QueueNames.Usage, 10, null, Cancellation)).Messages);
        Assert.Equal(ReplayResult.Replayed, await _desk.ReplayAsync(QueueNames.Usage, letter.Id, Cancellation));
        await DrainAsync();

        Assert.Equal(new PipelineTotals(2, 0, 0), await _app.TotalsAsync());
        Assert.Equal(ReplayResult.Gone, await _desk.ReplayAsync(QueueNames.Usage, letter.Id, Cancellation));
    }

    [Fact]
    public async Task A_message_whose_ids_may_be_forgotten_is_not_replayed()
    {
        await PutAsideAsync();
        var letter = Assert.Single((await _desk.ListAsync(QueueNames.Usage, 10, null, Cancellation)).Messages);
        Assert.True(_desk.IsReplayable(letter));

        _app.Clock.Advance(DeadLetterDesk.ReplayableFor);

        Assert.False(_desk.IsReplayable(letter));
        Assert.Equal(ReplayResult.TooOld, await _desk.ReplayAsync(QueueNames.Usage, letter.Id, Cancellation));
        Assert.Equal(0, await _desk.ReplayAllAsync(QueueNames.Usage, Cancellation));
        Assert.Single((await _desk.ListAsync(QueueNames.Usage, 10, null, Cancellation)).Messages);
    }

    [Fact]
    public async Task A_review_can_be_replayed_however_old_it_is()
    {
        await _queue.SendAsync(QueueNames.Reviews, [new OutgoingMessage("r", "?"u8.ToArray())], Cancellation);
        var message = Assert.Single(await _queue.ReceiveAsync(QueueNames.Reviews, 1, TimeSpan.FromMinutes(1), Cancellation));
        await _queue.SettleAsync([new SettledMessage(message, Settlement.Dead("no review"))], Cancellation);
        _app.Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(1, await _desk.ReplayAllAsync(QueueNames.Reviews, Cancellation));
    }

    [Fact]
    public async Task What_is_discarded_counts_as_quarantined_once()
    {
        await PutAsideAsync();
        var letter = Assert.Single((await _desk.ListAsync(QueueNames.Usage, 10, null, Cancellation)).Messages);

        Assert.True(await _desk.DiscardAsync(QueueNames.Usage, letter.Id, Cancellation));
        Assert.False(await _desk.DiscardAsync(QueueNames.Usage, letter.Id, Cancellation));

        Assert.Equal(new PipelineTotals(0, 0, 2), await _app.TotalsAsync());
        Assert.Equal(0, (await _queue.GetDepthAsync(QueueNames.Usage, Cancellation)).DeadLetteredMessages);
    }

    [Fact]
    public void A_preview_tells_events_a_line_each_and_how_many_more_there_are()
    {
        var events = Enumerable.Range(1, 7).Select(i => EventOf.Track($"u{i}", "Watched\u0007")).ToArray();
        var body = Assert.Single(EventBatchCodec.Pack(new EventBatch(events, []), FoldApp.Noon)).Body;

        string[] lines = MessagePreview.Of(QueueNames.Usage, body).Split('\n');

        Assert.Equal(6, lines.Length);
        Assert.StartsWith("Track Watched  u1 2026-", lines[0], StringComparison.Ordinal);
        Assert.Equal("+ 2", lines[5]);
    }

    [Theory]
    [InlineData("g_acme\ng_beta", "g_acme\ng_beta")]
    [InlineData("a\u0000b\u001bc", "a b c")]
    [InlineData("", "")]
    public void A_preview_of_text_is_the_text_without_control_characters(string body, string shown) =>
        Assert.Equal(shown, MessagePreview.Of(QueueNames.Reviews, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_preview_is_bounded_and_never_cuts_a_character()
    {
        string shown = MessagePreview.Of(QueueNames.Reviews, Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("🎈", 5000))));
        Assert.InRange(shown.Length, 250, MessagePreview.MaxChars);
        Assert.Equal(1, shown.Length % 2);
        Assert.Equal(0, shown[1..].Replace("🎈", "", StringComparison.Ordinal).Length);
    }

    [Theory]
    [InlineData("fffe0080", "4 bytes: fffe0080")]
    [InlineData("0102", "2 bytes: 0102")]
    public void A_preview_of_bytes_that_are_no_text_tells_how_many_and_how_they_begin(string body, string shown) =>
        Assert.Equal(shown, MessagePreview.Of(QueueNames.Usage, Convert.FromHexString(body)));

    /// <summary>A message with events of two accounts, of which one cannot be read, ends in the dead letter.</summary>
    private async Task PutAsideAsync()
    {
        await _store.CommitAsync(
            AccountRows.Table,
            Broken,
            [EntityOperation.Insert(new Entity(Broken, AccountRows.AccountRow) { ["state"] = new byte[] { 99 } })],
            Cancellation
        );
        var batch = new EventBatch(
            [EventOf.Track("ann", FoldModel.Watched, group: "good"), EventOf.Track("bob", FoldModel.Watched, group: "broken")],
            []
        );
        await _queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(batch, FoldApp.Noon), Cancellation);
        for (int delivery = 0; delivery < 12; delivery++)
        {
            await DrainAsync();
            _app.Clock.Advance(TimeSpan.FromMinutes(5));
        }
        Assert.NotNull(await _app.FindAsync(AccountKey.Group("good"), PersonKey.User("ann")));
        Assert.Equal(new PipelineTotals(0, 0, 0), await _app.TotalsAsync());
    }

    private async Task DrainAsync()
    {
        while (await _queue.ReceiveAsync(QueueNames.Usage, 10, TimeSpan.FromMinutes(1), Cancellation) is { Count: > 0 } messages)
        {
            var settlements = await _app.DeliverAsync(messages);
            await _queue.SettleAsync(
                [.. messages.Zip(settlements, (message, settlement) => new SettledMessage(message, settlement))],
                Cancellation
            );
        }
    }
}
