using Signals.Core.Platform.Messaging;

namespace Signals.Core.Tests.Platform.Messaging;

public sealed class MessageQueueOptionsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(1_000_000, 300)]
    public void The_delay_doubles_with_each_delivery_up_to_its_longest(int deliveryCount, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new MessageQueueOptions().RetryDelay(deliveryCount));

    [Fact]
    public void A_queue_may_have_a_delivery_limit_of_its_own()
    {
        var options = new MessageQueueOptions
        {
            MaxDeliveryCounts = new Dictionary<string, int>(StringComparer.Ordinal) { ["outreach"] = 3 },
        };

        Assert.Equal((3, 10), (options.MaxDeliveriesOf("outreach"), options.MaxDeliveriesOf("usage")));
    }
}
