using Signals.Core.Platform.Storage;

namespace Signals.Core.Response.Suppressions;

/// <summary>Who wants no mail. Recipients are named by <see cref="RecipientKey.Of"/>, so that an erased person stays suppressed.</summary>
/// <remarks>A store that is busy or unreachable throws <see cref="TransientStoreException"/>: nothing was recorded then.</remarks>
public interface ISuppressions
{
    /// <summary>
    /// Durable when it returns; doing it again changes nothing. <paramref name="topic"/> null means every message.
    /// <paramref name="source"/> says how it came, for the record: <c>one-click:{outreachId}</c>, <c>page:{outreachId}</c>, a webhook's
    /// name.
    /// </summary>
    Task UnsubscribeAsync(string recipientKey, string? topic, string source, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Takes back what the recipient stopped by a link; false where something else stops their mail still. Doing it again changes nothing.
    /// </summary>
    Task<bool> ResumeAsync(string recipientKey, CancellationToken cancellationToken);

    /// <summary>True when the recipient wants no mail on <paramref name="topic"/>, or none at all.</summary>
    Task<bool> IsSuppressedAsync(string recipientKey, string? topic, CancellationToken cancellationToken);
}
