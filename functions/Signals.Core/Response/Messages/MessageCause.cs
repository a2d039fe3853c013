namespace Signals.Core.Response.Messages;

public sealed record MessageCause(string Id, string Name, int ConfidencePercent, int Affected, IReadOnlyList<MessageEvidence> Evidence);

public sealed record MessageEvidence(string Text, string Value, string Expected, string Since);
