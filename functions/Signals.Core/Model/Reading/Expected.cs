namespace Signals.Core.Model.Reading;

/// <summary>What a value must be: in an error's words, and as the reading of a node (false: it is something else).</summary>
internal sealed record Expected<T>(string Description, TryRead<T> TryRead);

internal delegate bool TryRead<T>(ModelNode node, out T value);
