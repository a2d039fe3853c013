namespace Signals.Web.Mcp;

/// <summary>A message's text; <paramref name="Preview"/> is true where it has not left.</summary>
internal sealed record MessageRead(MessageTold Message, bool Preview, string? Subject, string? Text);
