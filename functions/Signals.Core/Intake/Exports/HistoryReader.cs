using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// Understands the objects of a history one by one, whosever they are: Segment's messages as they stand, the raw events of others as
/// <see cref="ExportMapper"/> maps them. Not for several threads at once.
/// </summary>
public sealed class HistoryReader(IntakeRules? rules = null, string? groupProperty = null)
{
    /// <summary>What <see cref="EventReader"/> calls an event as a whole.</summary>
    private const string WholeEvent = "event";

    private readonly EventReader _reader = new(rules);

    /// <summary>Files are of one service mostly: whose was last is tried first.</summary>
    private bool _isSegment = true;

    /// <summary>What maps the events of others, with what it was told of people so far.</summary>
    public ExportMapper Mapper { get; } = new() { GroupProperty = groupProperty };

    /// <summary>What an object says; what is no event comes as a fault.</summary>
    public HistoryItem Read(Memory<byte> json, DateTimeOffset receivedAt)
    {
        var read = _isSegment ? _reader.ReadLine(json, receivedAt) : (ReadEvent?)null;
        if (read is { Fault: not { Path: "type" or WholeEvent } } known)
            return HistoryItem.Of(known, json);
        MappedExport mapped;
        try
        {
            mapped = Mapper.Map(json);
        }
        catch (JsonException)
        {
            return HistoryItem.Of(read ?? _reader.ReadLine(json, receivedAt), json);
        }
        _isSegment = Mapper.LastShape == ExportShape.Segment;
        return new HistoryItem(
            [.. mapped.Messages.Select(message => new HistoryEvent(_reader.ReadLine(message, receivedAt), message))],
            mapped.LeftOut
        );
    }
}

/// <summary>What an object of a history says: events and faults, and why something in it was left out, where it was.</summary>
public sealed record HistoryItem(IReadOnlyList<HistoryEvent> Events, string? LeftOut)
{
    internal static HistoryItem Of(ReadEvent read, ReadOnlyMemory<byte> message) => new([new HistoryEvent(read, message)], null);
}

/// <summary>What came of one message, and the message: Segment's, as it was read.</summary>
public readonly record struct HistoryEvent(ReadEvent Read, ReadOnlyMemory<byte> Message);
