namespace Signals.Core.State.Team;

/// <summary>Somebody of the team who works in the dashboard.</summary>
public sealed record TeamUser
{
    public const int MaxNameChars = 80;

    /// <summary>The CS manager's name or address as accounts carry it in their trait <c>csm</c>.</summary>
    public const int MaxCsmChars = 200;

    /// <summary>Made of the address (<see cref="TeamUsers.IdOf"/>).</summary>
    public required string Id { get; init; }

    /// <summary>Where mail reaches them, in lower case; the audit trail names them so.</summary>
    public required string Address { get; init; }

    /// <summary>What colleagues read: "Amélie Durand".</summary>
    public required string Name { get; init; }

    /// <summary><c>reader</c>, <c>manager</c> or <c>admin</c>; on a host behind Entra ID what its claims said last.</summary>
    public required string Role { get; init; }

    /// <summary>Their IANA time zone; null takes the browser's.</summary>
    public string? Zone { get; init; }

    /// <summary>The language that pages and mails speak to them; null takes the browser's, and the team's in mails.</summary>
    public string? Language { get; init; }

    /// <summary>Whose accounts are theirs; null for none.</summary>
    public string? Csm { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who invited them, as the audit trail names people; <see cref="ByEntra"/> for whom Entra ID brought.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When somebody ended their access; null while they may come in.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The day they were last seen (UTC); null before they came.</summary>
    public DateOnly? SeenOn { get; init; }

    public const string ByEntra = "entra";

    public bool IsActive => EndedAt is null;
}
