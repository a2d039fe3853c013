using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Tests.Intake.Events;

/// <summary>Reads JSON as it comes over the wire, received at noon on 1 June 2025 unless a test says otherwise.</summary>
internal static class Wire
{
    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static ReadEvents ReadBatch(string body, DateTimeOffset? receivedAt = null, bool imported = false) =>
        ReadBatch(Encoding.UTF8.GetBytes(body), receivedAt, imported);

    public static ReadEvents ReadBatch(byte[] body, DateTimeOffset? receivedAt = null, bool imported = false) =>
        EventReader.Read(EventEnvelope.ReadBatch(body, EventLimits.MaxBatchEvents), receivedAt ?? Now, imported);

    public static ReadEvents ReadSingle(EventType route, string body) =>
        EventReader.Read(EventEnvelope.ReadSingle(route, Encoding.UTF8.GetBytes(body)), Now);

    /// <summary>The one event of a batch that holds only <paramref name="item"/>, with batch-level fields before it.</summary>
    public static UsageEvent Accepted(string item, string batchFields = "", bool imported = false) =>
        Assert.Single(Accept(ReadBatch($$"""{ {{batchFields}} "batch": [{{item}}] }""", imported: imported)));

    /// <summary>Why the one event of a batch was not understood.</summary>
    public static EventFault Refused(string item, string batchFields = "")
    {
        var read = ReadBatch($$"""{ {{batchFields}} "batch": [{{item}}] }""");
        Assert.Empty(read.Batch.Events);
        var fault = Assert.Single(read.Faults);
        Assert.Equal(fault.Reason, Assert.Single(read.Batch.Quarantined).Reason);
        return fault;
    }

    public static string PayloadOf(UsageEvent usage) => Encoding.UTF8.GetString(usage.Payload.Span);

    private static IReadOnlyList<UsageEvent> Accept(ReadEvents read)
    {
        Assert.Empty(read.Faults);
        return read.Batch.Events;
    }
}
