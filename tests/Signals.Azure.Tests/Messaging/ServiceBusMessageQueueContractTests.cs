using Signals.Core.Platform.Messaging;
using Signals.Testing.Messaging;

namespace Signals.Azure.Tests.Messaging;

/// <summary>What every queue does, at the seam of the client's senders and receivers.</summary>
public sealed class ServiceBusMessageQueueContractTests : MessageQueueContract
{
    private readonly ServiceBusApp _app = new();

    protected override IMessageQueue Queue => _app.Queue;

    protected override IDeadLetters DeadLetters => _app.DeadLetters;

    protected override int MaxDeliveryCount => FakeServiceBus.MaxDeliveries;

    protected override bool ForgetsSettledMessageIds => false;

    protected override DateTimeOffset Now => _app.Clock.GetUtcNow();

    protected override Task PassAsync(TimeSpan time)
    {
        _app.Clock.Advance(time);
        return Task.CompletedTask;
    }
}
