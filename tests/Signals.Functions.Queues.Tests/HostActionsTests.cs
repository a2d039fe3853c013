using Azure.Messaging.ServiceBus;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace Signals.Functions.Queues.Tests;

public sealed class HostActionsTests
{
    private static readonly ServiceBusReceivedMessage Delivery = ServiceBusModelFactory.ServiceBusReceivedMessage(
        messageId: "a",
        lockTokenGuid: Guid.NewGuid()
    );

    private readonly Mock<ServiceBusMessageActions> _host = new(MockBehavior.Strict);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_deed_reaches_the_host_that_holds_the_lease()
    {
        var actions = new HostActions(_host.Object);
        _host.Setup(host => host.CompleteMessageAsync(Delivery, Cancellation)).Returns(Task.CompletedTask);
        _host.Setup(host => host.AbandonMessageAsync(Delivery, null, Cancellation)).Returns(Task.CompletedTask);
        _host
            .Setup(host => host.DeadLetterMessageAsync(Delivery, null, "CannotBeHandled", "not ours", Cancellation))
            .Returns(Task.CompletedTask);
        _host.Setup(host => host.RenewMessageLockAsync(Delivery, Cancellation)).Returns(Task.CompletedTask);

        await actions.CompleteAsync(Delivery, Cancellation);
        await actions.AbandonAsync(Delivery, Cancellation);
        await actions.DeadLetterAsync(Delivery, "CannotBeHandled", "not ours", Cancellation);
        await actions.RenewAsync(Delivery, Cancellation);

        _host.VerifyAll();
    }

    [Theory]
    [InlineData(StatusCode.FailedPrecondition, "LockToken not found.", ServiceBusFailureReason.MessageLockLost)]
    [InlineData(StatusCode.Unknown, "The lock supplied is invalid. (MessageLockLost)", ServiceBusFailureReason.MessageLockLost)]
    [InlineData(StatusCode.Unavailable, "The host is gone.", ServiceBusFailureReason.ServiceCommunicationProblem)]
    public async Task What_the_host_says_by_gRPC_is_told_as_the_client_tells_it(
        StatusCode status,
        string words,
        ServiceBusFailureReason reason
    )
    {
        _host.Setup(host => host.CompleteMessageAsync(Delivery, Cancellation)).ThrowsAsync(new RpcException(new Status(status, words)));

        var fault = await Assert.ThrowsAsync<ServiceBusException>(() =>
            new HostActions(_host.Object).CompleteAsync(Delivery, Cancellation)
        );

        Assert.Equal((reason, reason != ServiceBusFailureReason.MessageLockLost), (fault.Reason, fault.IsTransient));
    }
}
