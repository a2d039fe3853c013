using System.Collections.Concurrent;

namespace Signals.Testing.ServiceBus;

/// <summary>What clients ask of a broker, where it can go wrong.</summary>
public enum BrokerCall
{
    PutToken,
    OpenSender,
    OpenReceiver,
    Send,
    Deliver,
    Settle,
    Peek,
    RenewLock,
    Schedule,
    CancelScheduled,
    ReceiveDeferred,
    UpdateDisposition,
}

/// <summary>How a call goes wrong.</summary>
public sealed record BrokerFault
{
    private BrokerFault() { }

    /// <summary>The error that is answered; null for none.</summary>
    internal string? Condition { get; private init; }

    /// <summary>False when nothing of the call is done.</summary>
    internal bool IsDone { get; private init; }

    /// <summary>False when no answer comes.</summary>
    internal bool IsAnswered { get; private init; }

    /// <summary>True when the link closes.</summary>
    internal bool Drops { get; private init; }

    /// <summary>The call rests until then.</summary>
    internal Task Until { get; private init; } = Task.CompletedTask;

    /// <summary>The broker did it, and its answer never comes.</summary>
    public static BrokerFault LostAnswer { get; } = new() { IsDone = true };

    /// <summary>The call is never heard of again: it is not done, and no answer comes.</summary>
    public static BrokerFault Silence { get; } = new();

    /// <summary>The namespace throttles: it is not done.</summary>
    public static BrokerFault Busy { get; } = Refused("com.microsoft:server-busy");

    /// <summary>The link breaks before it is done.</summary>
    public static BrokerFault DroppedBefore { get; } = new() { Drops = true };

    /// <summary>The link breaks after it was done.</summary>
    public static BrokerFault DroppedAfter { get; } = new() { IsDone = true, Drops = true };

    /// <summary>It is not done, and answered by an error: an AMQP condition such as <c>amqp:not-found</c>.</summary>
    public static BrokerFault Refused(string condition) => new() { IsAnswered = true, Condition = condition };

    /// <summary>It is done as ever, but only when <paramref name="until"/> has ended.</summary>
    public static BrokerFault Slow(Task until) =>
        new()
        {
            IsDone = true,
            IsAnswered = true,
            Until = until,
        };
}

/// <summary>
/// What goes wrong, call by call: faults of a call are used up in the order they were given; then the lasting one, where there is one.
/// </summary>
public sealed class BrokerFaults
{
    private readonly ConcurrentDictionary<BrokerCall, ConcurrentQueue<BrokerFault>> _next = new();
    private readonly ConcurrentDictionary<BrokerCall, BrokerFault> _lasting = new();
    private readonly ConcurrentDictionary<BrokerCall, int> _calls = new();

    /// <summary>The next calls of this kind go wrong so, once each.</summary>
    public void Next(BrokerCall call, params IEnumerable<BrokerFault> faults)
    {
        foreach (var fault in faults)
            _next.GetOrAdd(call, _ => new()).Enqueue(fault);
    }

    /// <summary>All calls of this kind go wrong so until <see cref="Clear"/>.</summary>
    public void Always(BrokerCall call, BrokerFault fault) => _lasting[call] = fault;

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear()
    {
        _lasting.Clear();
        _next.Clear();
    }

    /// <summary>How often clients have called so: what they cost, as they are billed by the call.</summary>
    public int CallsOf(BrokerCall call) => _calls.GetValueOrDefault(call);

    /// <summary>The fault of the call that is made now; null when it goes well.</summary>
    internal BrokerFault? Take(BrokerCall call)
    {
        _calls.AddOrUpdate(call, 1, (_, count) => count + 1);
        if (_next.TryGetValue(call, out var faults) && faults.TryDequeue(out var fault))
            return fault;
        return _lasting.GetValueOrDefault(call);
    }
}
