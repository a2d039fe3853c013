using System.Text;
using System.Text.RegularExpressions;

namespace Signals.Core.Response.Messages;

/// <summary>
/// What strangers typed, so that no mail program and no chat makes a link of it: the words stay readable, an address on the web does not
/// open.
/// Mail addresses stay whole, for they are how a team reaches people.
/// </summary>
public static partial class Unlinked
{
    /// <summary>Joins what stands on both sides of it, takes no room, and keeps programs from seeing an address there.</summary>
    private const char WordJoiner = '\u2060';

    public static string Of(string text) => Words().Replace(text, static word => Word(word.Value));

    /// <summary>True for text that a program may make a link of, or that gives a number to call.</summary>
    public static bool IsNeeded(string text) => text.Contains('@', StringComparison.Ordinal) || Suspicious().IsMatch(text);

    private static string Word(string word)
    {
        if (IsMailAddress(word))
            return word;
        var text = new StringBuilder(word.Length + 4);
        for (int i = 0; i < word.Length; i++)
        {
            text.Append(word[i]);
            bool endsScheme = word[i] == ':' && i + 1 < word.Length && word[i + 1] is '/' or '\\';
            bool mentions = word[i] == '@' && (i == 0 || !char.IsLetterOrDigit(word[i - 1]));
            if (endsScheme || mentions)
                text.Append(WordJoiner);
            else if (IsDot(word[i]) && i > 0 && char.IsLetterOrDigit(word[i - 1]) && i + 1 < word.Length && char.IsLetter(word[i + 1]))
                text.Insert(text.Length - 1, WordJoiner);
        }
        return text.ToString();
    }

    private static bool IsMailAddress(string word)
    {
        int at = word.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && char.IsLetterOrDigit(word[at - 1]) && word.IndexOfAny(['/', '\\', '?', '#', '%']) < 0;
    }

    /// <summary>Browsers take the full stops of Chinese and Japanese for dots of an address.</summary>
    private static bool IsDot(char c) => c is '.' or '。' or '．' or '｡';

    [GeneratedRegex(@"\S+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(
        @"[:][/\\]|www[.。．｡]|[\p{L}\d][.。．｡]\p{L}{2,}|(\d[\s().\-]?){7,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Suspicious();
}
