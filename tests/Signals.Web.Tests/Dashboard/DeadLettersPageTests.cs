using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;

namespace Signals.Web.Tests.Dashboard;

public sealed class DeadLettersPageTests : PipelinePages
{
    [Fact]
    public async Task An_admin_replays_a_dead_letter()
    {
        await PutAsideAsync("first");
        var page = await Admin().OpenAsync($"{Letters}?queue=reviews");
        var row = Assert.Single(page.QuerySelectorAll("table.letters tbody tr"));
        Assert.Contains("first is broken", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("body of first", row.TextContent, StringComparison.Ordinal);

        var after = await Admin().SubmitAsync(Form(page, $"{Letters}/replay"));

        Assert.Contains("back in its queue", Notice(after), StringComparison.Ordinal);
        Assert.Equal("first", Assert.Single(Host.Queue.Waiting(QueueNames.Reviews)).MessageId);
        Assert.StartsWith("ann@nimbus.example dead-letter.replayed reviews/", await AuditedAsync(), StringComparison.Ordinal);
        Assert.Contains("already", Notice(await Admin().SubmitAsync(Form(page, $"{Letters}/replay"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_replays_all_dead_letters_of_a_queue()
    {
        await PutAsideAsync("first", "second");
        var page = await Admin().OpenAsync($"{Letters}?queue=reviews");

        var after = await Admin().SubmitAsync(Form(page, $"{Letters}/replay-all"));

        Assert.Contains("2 messages are back", Notice(after), StringComparison.Ordinal);
        Assert.Equal(2, Host.Queue.Waiting(QueueNames.Reviews).Count);
        Assert.Equal("ann@nimbus.example dead-letter.replayed reviews 2 messages", await AuditedAsync());
    }

    [Fact]
    public async Task An_admin_discards_a_dead_letter_for_good()
    {
        await PutAsideAsync("first");
        var page = await Admin().OpenAsync($"{Letters}?queue=reviews");

        await Admin().SubmitAsync(Form(page, $"{Letters}/discard"));

        Assert.Equal(0, (await Host.Queue.GetDepthAsync(QueueNames.Reviews, Cancellation)).DeadLetteredMessages);
        Assert.Empty(Host.Queue.Waiting(QueueNames.Reviews));
        Assert.StartsWith("ann@nimbus.example dead-letter.discarded reviews/", await AuditedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_with_events_that_is_too_old_cannot_be_replayed()
    {
        await PutAsideInAsync(QueueNames.Usage, "old");
        Host.Clock.Advance(DeadLetterDesk.ReplayableFor + TimeSpan.FromMinutes(1));
        var page = await Admin().OpenAsync(Letters);
        Assert.Null(Form(page, $"{Letters}/replay"));
        Assert.Contains("Too old to replay", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(Form(page, $"{Letters}/discard"));
    }
}
