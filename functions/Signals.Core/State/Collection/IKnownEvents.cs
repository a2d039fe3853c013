namespace Signals.Core.State.Collection;

/// <summary>
/// Since when each event and property is known to the whole installation. A rule about something that is not sent or not summed yet
/// stays silent.
/// </summary>
public interface IKnownEvents
{
    /// <summary>The day of the first such event of anybody; null when there was none.</summary>
    int? EventSince(string name);

    /// <summary>The day from which a property is summed; 0 when it always was.</summary>
    int SumSince(string key);
}
