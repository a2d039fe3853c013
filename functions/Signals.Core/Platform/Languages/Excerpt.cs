namespace Signals.Core.Platform.Languages;

/// <summary>The beginning of a text that is too long to be shown whole.</summary>
public static class Excerpt
{
    /// <summary>At most so many characters and the end, cut between characters: half a surrogate pair would not be text.</summary>
    public static string Of(string text, int most, string end = "…") =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)].TrimEnd() + end;
}
