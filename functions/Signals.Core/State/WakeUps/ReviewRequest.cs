using Signals.Core.State.Identity;

namespace Signals.Core.State.WakeUps;

/// <summary>What a message of the reviews queue asks for.</summary>
public abstract record ReviewRequest
{
    private ReviewRequest() { }

    /// <summary>
    /// Reviews of these accounts. <paramref name="IsAsked"/>: somebody asked for them, so that a new day and new norms count though nothing
    /// happened in the account.
    /// </summary>
    public sealed record Of(IReadOnlyList<AccountKey> Accounts, bool IsAsked = false) : ReviewRequest;

    /// <summary>Whatever is due in a shard of the due index.</summary>
    public sealed record Sweep(int Shard) : ReviewRequest;

    /// <summary>A review of every account in a shard of the lists.</summary>
    public sealed record All(int Shard) : ReviewRequest;
}
