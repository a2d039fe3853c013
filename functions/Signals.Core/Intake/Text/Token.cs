namespace Signals.Core.Intake.Text;

/// <summary>A word as the word lists have it (<see cref="TextTokenizer"/>), and where it stands in the text.</summary>
internal readonly record struct Token(TokenKind Kind, string Word, int Start, int End);

internal enum TokenKind
{
    Word = 0,

    /// <summary>An emoji, or an emoticon such as ":)".</summary>
    Emoji = 1,

    /// <summary>A comma or the like: phrases and negations do not reach across.</summary>
    Break = 2,
}
