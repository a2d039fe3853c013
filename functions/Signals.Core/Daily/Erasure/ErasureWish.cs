namespace Signals.Core.Daily.Erasure;

/// <summary>Who is to be forgotten, by what the product calls them.</summary>
public sealed record ErasureWish
{
    public IReadOnlyList<string> UserIds { get; init; } = [];

    public IReadOnlyList<string> AnonymousIds { get; init; } = [];

    /// <summary>Mail addresses: whoever has one of them.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Groups, each with everybody who is in no other.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public bool IsEmpty => UserIds.Count + AnonymousIds.Count + Addresses.Count + Groups.Count == 0;
}
