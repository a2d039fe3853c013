namespace Signals.Core.Response.Messages;

public sealed record MessageFeature(string Id, string Name, string Help, string Description)
{
    /// <summary>True when somebody of the account used it at some time.</summary>
    public bool WasUsed { get; init; }
}
