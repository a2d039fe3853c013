using System.Globalization;
using Signals.Core.Daily.Erasure;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Api;

/// <summary>
/// How far a deletion request is, in the members that Segment's Public API has. There is one workspace, and no destination that a deletion
/// would be handed on to.
/// </summary>
internal sealed record RegulationState(
    string Id,
    string WorkspaceId,
    string OverallStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<string> StreamStatus
)
{
    public const string Running = "RUNNING";
    public const string Finished = "FINISHED";

    private const string Workspace = "signals";

    /// <summary>Who comes back is back at once: the id tells all there is.</summary>
    private const string Lifted = "lifted-";

    public static string LiftedId(DateTimeOffset now) => Lifted + StorageKey.Time(now);

    public static RegulationState Of(ErasureRequest request) =>
        new(request.Id, Workspace, request.ProvedAt is null ? Running : Finished, request.AskedAt, request.ProvedAt, []);

    /// <summary>Null for another id.</summary>
    public static RegulationState? OfLifted(string id) =>
        id.StartsWith(Lifted, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(
            id.AsSpan(Lifted.Length),
            "yyyyMMddHHmmssfff",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? new(id, Workspace, Finished, at, at, [])
            : null;
}

internal sealed record RegulationStateData(RegulationState Regulation);

internal sealed record RegulationStateAnswer(RegulationStateData Data);
