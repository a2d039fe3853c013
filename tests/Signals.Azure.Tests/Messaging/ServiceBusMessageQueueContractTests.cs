using Signals.Core.Platform.Messaging;
using Signals.Testing.Messaging;
using Signals.Testing.ServiceBus;

namespace Signals.Azure.Tests.Messaging;

/// <summary>What every queue does, by the official client over AMQP.</summary>
public sealed class ServiceBusMessageQueueContractTests(BrokerApp app) : MessageQueueContract, IClassFixture<BrokerApp>
{
    protected override IMessageQueue Queue => app.Queue;

    protected override IDeadLetters DeadLetters => app.DeadLetters;

    protected override TimeSpan RemembersMessageIds => new BrokerSettings().DuplicateWindow;

    protected override DateTimeOffset Now => app.Clock.GetUtcNow();

    protected override Task PassAsync(TimeSpan time)
    {
        app.Clock.Advance(time);
        return Task.CompletedTask;
    }
}
