using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Daily.Erasure;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Testing.Folding;
using Signals.Testing.World;

namespace Signals.Azure.Tests.Messaging;

/// <summary>An erasure takes people out of the broker's dead letters, by the official client over AMQP.</summary>
public sealed class ErasedLettersTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly BrokerApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Dead_letters_lose_who_was_erased_and_what_is_left_goes_back_to_its_queue()
    {
        var world = await GivenAnnAndBobAsync();
        var now = world.Clock.GetUtcNow();
        var ann = EventOf.Track(ErasureStory.Id, "Report Shared", now, group: "acme");
        var bob = EventOf.Track("bob-22", "Video Watched", now, new { minutes = 7 }, group: "acme");
        await PutAsideAsync(QueueNames.Usage, "it broke", EventBatchCodec.Pack(new EventBatch([bob], []), now));
        await PutAsideAsync(QueueNames.Usage, "it broke", EventBatchCodec.Pack(new EventBatch([ann, bob], []), now));
        await PutAsideAsync(
            QueueNames.Usage,
            "it broke",
            EventBatchCodec.Pack(
                new EventBatch([], [new QuarantinedEvent("no type", $$$"""{"userId":"{{{ErasureStory.Id}}}"}""", now)]),
                now
            )
        );
        await PutAsideAsync(
            QueueNames.Reviews,
            "it broke",
            [.. ReviewMessage.Pack([AccountKey.Own(PersonKey.User(ErasureStory.Id)), AccountKey.Group("acme")], now)]
        );
        await PutAsideAsync(
            QueueNames.Outreach,
            $"no room for {ErasureStory.Address}",
            [new OutgoingMessage("mail-1", "anything"u8.ToArray())]
        );
        await PutAsideAsync(QueueNames.Outreach, "it broke", [new OutgoingMessage("mail-2", "anything"u8.ToArray())]);

        await world.Get<ErasureDesk>().AskAsync(new ErasureWish { UserIds = [ErasureStory.Id] }, "api", Cancel);
        await world.Get<ErasureWork>().RunAsync(Cancel);

        Assert.Empty(await TracesAsync());
        Assert.Single((await _app.DeadLetters.ListAsync(QueueNames.Usage, 10, null, Cancel)).Messages);
        Assert.Empty((await _app.DeadLetters.ListAsync(QueueNames.Reviews, 10, null, Cancel)).Messages);
        Assert.Equal("mail-2", Assert.Single((await _app.DeadLetters.ListAsync(QueueNames.Outreach, 10, null, Cancel)).Messages).MessageId);
        var back = Assert.Single(await _app.Queue.ReceiveAsync(QueueNames.Usage, 10, Lease, Cancel));
        Assert.Equal("bob-22", Assert.Single(EventBatchCodec.Unpack(back.Body).Events).UserId);
        var review = Assert.Single(await _app.Queue.ReceiveAsync(QueueNames.Reviews, 10, Lease, Cancel));
        Assert.Equal([AccountKey.Group("acme")], Assert.IsType<ReviewRequest.Of>(ReviewMessage.Parse(review.Body.Span)).Accounts);
    }

    [Fact]
    public async Task A_letter_of_somebody_elses_that_nobody_can_read_goes_whole_and_the_walk_after_it_proves_it()
    {
        var world = await GivenAnnAndBobAsync();
        await PutAsideAsync(QueueNames.Usage, "it broke", [new OutgoingMessage("odd", new byte[] { 1, 2, 3 })]);
        var asked = await world.Get<ErasureDesk>().AskAsync(new ErasureWish { UserIds = [ErasureStory.Id] }, "api", Cancel);

        await WalkAsync(world);

        Assert.Empty((await _app.DeadLetters.ListAsync(QueueNames.Usage, 10, null, Cancel)).Messages);
        Assert.Equal(ErasureState.Proved, (await world.Get<ErasureBook>().FindAsync(asked.Id, Cancel))!.State);
    }

    [Fact]
    public async Task A_letter_that_cannot_be_reached_is_told_of_and_stands_in_the_way_of_a_proof()
    {
        var world = await GivenAnnAndBobAsync();
        await world.RestartAsync(with: services =>
            services.AddSingleton<IDeadLetters>(new OutOfReach(_app.DeadLetters)).AddSingleton<IMessageQueue>(_app.Queue)
        );
        await PutAsideAsync(
            QueueNames.Outreach,
            $"no room for {ErasureStory.Address}",
            [new OutgoingMessage("mail-1", "anything"u8.ToArray())]
        );
        var asked = await world.Get<ErasureDesk>().AskAsync(new ErasureWish { UserIds = [ErasureStory.Id] }, "api", Cancel);

        await WalkAsync(world);

        var request = (await world.Get<ErasureBook>().FindAsync(asked.Id, Cancel))!;
        Assert.Equal(
            (ErasureState.Erasing, "a dead letter could not be removed: replay or discard those before it"),
            (request.State, request.Problem)
        );
    }

    /// <summary>What was done until now went through queues in memory; from now on they are the broker's.</summary>
    private async Task<SignalsWorld> GivenAnnAndBobAsync()
    {
        var world = await ErasureStory.GivenAnnAndBobAsync(ErasureStory.Nimbus, days: 2);
        await world.RestartAsync(with: services =>
            services.AddSingleton<IDeadLetters>(_app.DeadLetters).AddSingleton<IMessageQueue>(_app.Queue)
        );
        return world;
    }

    private async Task PutAsideAsync(string queue, string reason, IReadOnlyList<OutgoingMessage> messages)
    {
        await _app.Queue.SendAsync(queue, messages, Cancel);
        var received = await _app.Queue.ReceiveAsync(queue, 10, Lease, Cancel);
        await _app.Queue.SettleAsync([.. received.Select(message => new SettledMessage(message, Settlement.Dead(reason)))], Cancel);
    }

    /// <summary>What the broker still holds of Ann, in letters and in what waits.</summary>
    private async Task<List<string>> TracesAsync()
    {
        var traces = new Traces(ErasureStory.Everything);
        var found = new List<string>();
        foreach (string queue in QueueNames.All)
        {
            var page = await _app.DeadLetters.ListAsync(queue, 100, null, Cancel);
            found.AddRange(page.Messages.SelectMany(letter => traces.InMessage(letter.Body)));
            found.AddRange(page.Messages.SelectMany(letter => traces.In(System.Text.Encoding.UTF8.GetBytes(letter.Reason))));
        }
        return found;
    }

    private static async Task WalkAsync(SignalsWorld world)
    {
        for (int walks = 0; walks < 3; walks++)
        {
            await world.Get<ErasureWork>().RunAsync(Cancel);
            world.Clock.Advance(TimeSpan.FromMinutes(15));
        }
    }

    /// <summary>As when there are so many letters before it that the broker does not come to it.</summary>
    private sealed class OutOfReach(IDeadLetters letters) : IDeadLetters
    {
        public Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken) =>
            letters.ListAsync(queue, take, after, cancellationToken);

        public Task<DeadLetter?> FindAsync(string queue, string id, CancellationToken cancellationToken) =>
            letters.FindAsync(queue, id, cancellationToken);

        public Task<bool> ReplayAsync(string queue, string id, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<int> ReplayAllAsync(string queue, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
