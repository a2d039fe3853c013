namespace Signals.Core.Intake.Text;

/// <summary>Faces made of punctuation: ":)", ";-(", ":D", and "&lt;3".</summary>
internal static class Emoticons
{
    /// <summary>The length of the face that starts here; 0 when there is none.</summary>
    public static int LengthAt(string text, int at)
    {
        if (text[at] == '<')
            return at + 1 < text.Length && text[at + 1] == '3' ? 2 : 0;
        if (text[at] is not (':' or ';' or '='))
            return 0;
        var mouth = at + 1;
        if (mouth < text.Length && text[mouth] is '-' or '\'')
            mouth++;
        if (mouth >= text.Length || text[mouth] is not (')' or '(' or 'D' or '/' or '|'))
            return 0;
        // "D" may begin a word ("Todo:Deploy"), "/" an address ("https://").
        var endsThere = mouth + 1 == text.Length || !(char.IsLetterOrDigit(text[mouth + 1]) || text[mouth + 1] == '/');
        return text[mouth] is ')' or '(' || endsThere ? mouth - at + 1 : 0;
    }

    /// <summary>-1 for a sad face, 1 for a glad one or a heart.</summary>
    public static int FeelingOf(string emoticon) => emoticon[^1] is '(' or '/' or '|' ? -1 : 1;
}
