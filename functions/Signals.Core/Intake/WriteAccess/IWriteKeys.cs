using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>Who may send events.</summary>
public interface IWriteKeys
{
    /// <summary>
    /// The key's kind; null for a key that nobody made. Takes the same time whichever key comes close. Throws <see
    /// cref="TransientStoreException"/> when
    /// that cannot be told now: a sender that were refused would throw its events away.
    /// </summary>
    ValueTask<WriteKeyKind?> KindOfAsync(string writeKey, CancellationToken cancellationToken);
}
