using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>Who may send events.</summary>
public interface IWriteKeys
{
    /// <summary>
    /// True when the key is a known one. Takes the same time whichever key comes close. Throws <see cref="TransientStoreException"/> when
    /// that cannot be told now: a sender that were refused would throw its events away.
    /// </summary>
    ValueTask<bool> IsKnownAsync(string writeKey, CancellationToken cancellationToken);
}
