namespace Signals.Core.Response.Messages;

public sealed record MessageFeature(string Id, string Name, string Help, string Description);
