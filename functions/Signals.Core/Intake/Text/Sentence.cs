namespace Signals.Core.Intake.Text;

/// <summary>The tokens of one sentence; <paramref name="Asks"/> when it ends with a question mark.</summary>
internal sealed record Sentence(IReadOnlyList<Token> Tokens, bool Asks);
