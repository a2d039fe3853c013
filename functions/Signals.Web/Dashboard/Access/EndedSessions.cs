using System.Security.Cryptography;
using System.Text;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Sessions that their readers ended: whoever kept the cookie is not let in with it. Table system, partition <c>ended-sessions</c>, a row a
/// session until it would have ended by itself, named by that moment and the cookie's hash.
/// </summary>
internal sealed class EndedSessions(IEntityStore store)
{
    public async ValueTask<bool> ContainsAsync(Session session, CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, PassingRows.EndedSessions, RowOf(session), cancellationToken) is not null;

    public async Task AddAsync(Session session, CancellationToken cancellationToken) =>
        await store.CommitAsync(
            PipelineCounters.Table,
            PassingRows.EndedSessions,
            [EntityOperation.Upsert(new Entity(PassingRows.EndedSessions, RowOf(session)))],
            cancellationToken
        );

    private static string RowOf(Session session) =>
        $"{StorageKey.Time(session.Ends)}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session.Cookie)))}";
}

/// <summary>A session cookie whose seal is ours, and when it ends.</summary>
internal sealed record Session(string Cookie, DateTimeOffset Ends)
{
    /// <summary>Never the cookie, so that it can't end in a log.</summary>
    public override string ToString() => $"{nameof(Session)} until {Ends:O}";
}
