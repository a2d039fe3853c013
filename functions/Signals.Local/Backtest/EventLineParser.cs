using Signals.Core.Intake.Events;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Backtest;

/// <summary>Reads the events of blocks of lines, each as if it had been received at the moment it happened.</summary>
public sealed class EventLineParser(DateTimeOffset now, IntakeRules? rules = null)
{
    private readonly EventReader _reader = new(rules, IdsKept);

    /// <summary>People come again and again: as many ids of theirs are given back as the string of last time.</summary>
    private const int IdsKept = 8192;

    private readonly DateTimeOffset _now = EventTime.WholeMilliseconds(now);

    public BadLines Bad { get; } = new();

    public ParsedBlock Parse(LineBlock block)
    {
        var events = new List<(UsageEvent Event, ulong Id)>(block.Lines.Count);
        foreach (var (number, length) in block.TooLong)
            Bad.Add(number, "", $"{length} bytes", $"at most {EventLimits.MaxEventBytes}");
        foreach (var line in block.Lines)
        {
            var (usageEvent, _, fault) = _reader.ReadAsItHappened(block.Bytes.AsMemory(line.Start, line.Length), _now);
            if (usageEvent is null)
                Bad.Add(line.Number, fault!.Path, fault.Found, fault.Expected);
            else if (usageEvent.Timestamp >= _now)
                Bad.Add(line.Number, "timestamp", "none, or one still to come", "when it happened");
            else
                events.Add((usageEvent, MessageHash.Quick(usageEvent.MessageId)));
        }
        return new ParsedBlock(events, block.Bytes, block.Position);
    }
}

/// <summary>The events of a block with the <see cref="MessageHash.Quick"/> of each one's id.</summary>
/// <param name="Events">Their payloads are slices of the bytes.</param>
/// <param name="Bytes">What the block was read from.</param>
/// <param name="Position">How far the file itself was read by then.</param>
public sealed record ParsedBlock(List<(UsageEvent Event, ulong Id)> Events, byte[] Bytes, long Position);
