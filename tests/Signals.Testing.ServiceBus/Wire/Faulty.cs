using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>Carries faults out, the same for all calls.</summary>
internal static class Faulty
{
    /// <summary>An error with the words that brokers put beside its condition.</summary>
    public static Error Error(string condition, string description) => new() { Condition = condition, Description = description };

    /// <summary>Waits as the fault says; true when the call is to be done, false when nothing comes of it.</summary>
    /// <exception cref="AmqpException">The call is refused, or its link breaks.</exception>
    public static async ValueTask<bool> BeforeAsync(BrokerFault? fault)
    {
        if (fault is null)
            return true;
        await fault.Until;
        if (fault.Condition is { } condition)
            throw new AmqpException(Error(condition, "The call was refused, as the test asked for."));
        if (fault is { Drops: true, IsDone: false })
            throw Dropped();
        return fault.IsDone;
    }

    public static AmqpException Dropped() => new(Error("amqp:link:detach-forced", "The link was broken, as the test asked for."));
}
