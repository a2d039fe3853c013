using Signals.Core.Packing;

namespace Signals.Core.Accounts;

/// <summary>
/// The last queue messages folded into a person and what they counted: a message that comes again is recognised as such, so that the
/// pipeline's counts tell a redelivery from a duplicate event.
/// </summary>
public sealed class DeliveryLog
{
    public const int Capacity = 16;

    private readonly List<Delivery> _deliveries = [];

    public Delivery? Find(ulong message)
    {
        foreach (var delivery in _deliveries)
        {
            if (delivery.Message == message)
                return delivery;
        }
        return null;
    }

    public void Add(Delivery delivery)
    {
        if (_deliveries.Count == Capacity)
            _deliveries.RemoveAt(0);
        _deliveries.Add(delivery);
    }

    public void MergeFrom(DeliveryLog other)
    {
        foreach (var delivery in other._deliveries)
        {
            if (Find(delivery.Message) is null)
                Add(delivery);
        }
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_deliveries.Count);
        foreach (var delivery in _deliveries)
        {
            writer.Fixed64(delivery.Message);
            writer.Count(delivery.Folded);
            writer.Count(delivery.Duplicates);
        }
    }

    public static DeliveryLog Read(ref PackReader reader)
    {
        var log = new DeliveryLog();
        for (int count = reader.Count(); count > 0; count--)
            log._deliveries.Add(new Delivery(reader.Fixed64(), reader.Int(), reader.Int()));
        return log;
    }
}

/// <summary>A queue message (by hash of its id) and how many of its events for this person were new and how many known.</summary>
public sealed record Delivery(ulong Message, int Folded, int Duplicates);
