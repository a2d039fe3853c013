namespace Signals.Core.Intake.CloudEvents;

/// <summary>
/// The context attributes of a CloudEvent 1.0 that are read here; null where it has none. <see cref="GroupId"/> is an extension,
/// <c>groupid</c>: the account that the event belongs to.
/// </summary>
public sealed record CloudEventAttributes
{
    /// <summary>The version of the specification that is read here.</summary>
    public const string Version = "1.0";

    public string? SpecVersion { get; init; }

    public string? Id { get; init; }

    public string? Source { get; init; }

    public string? Type { get; init; }

    public string? Subject { get; init; }

    /// <summary>RFC 3339.</summary>
    public string? Time { get; init; }

    public string? DataContentType { get; init; }

    public string? GroupId { get; init; }
}
