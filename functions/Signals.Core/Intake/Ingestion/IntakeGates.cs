namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// The gates that requests come by: one for those of a single event, one for those of many. Nobody's one event waits behind a whole
/// history, nor is turned away because of one.
/// </summary>
public sealed class IntakeGates(Backlog backlog, IngestionOptions options, TimeProvider clock) : IDisposable
{
    public IntakeGate Single { get; } = new(backlog, options, clock);

    public IntakeGate Many { get; } = new(backlog, options, clock);

    public void Dispose()
    {
        Single.Dispose();
        Many.Dispose();
    }
}
