namespace Signals.Core.Intake.Ingestion;

/// <summary>How many requests a second arrive, of late: each counts for less the longer ago it came. Not safe for concurrent use.</summary>
internal sealed class ArrivalRate(TimeProvider clock)
{
    /// <summary>After so many seconds a request counts for a third.</summary>
    private const double Memory = 2;

    private double _perSecond;
    private long _at;

    /// <summary>Notes a request.</summary>
    public void Note()
    {
        _perSecond = Now() + 1 / Memory;
        _at = clock.GetTimestamp();
    }

    /// <summary>Requests a second; a single one after a pause is half a request a second.</summary>
    public double Now() => _perSecond == 0 ? 0 : _perSecond * Math.Exp(-clock.GetElapsedTime(_at).TotalSeconds / Memory);
}
