using System.Text;

namespace Signals.Core.Intake.Text;

/// <summary>"Sooo" and "goooood" are said with feeling; the lists know "so" and "good".</summary>
internal static class DrawnOutLetters
{
    /// <summary>
    /// A letter three times or more stands twice where words are often written so ("good", "cool"), else once. Digits stay.
    /// </summary>
    public static string Shorten(string word)
    {
        if (!HasRun(word))
            return word;
        var shorter = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; )
        {
            var end = i + 1;
            while (end < word.Length && word[end] == word[i])
                end++;
            var keep = end - i < 3 || char.IsDigit(word[i]) ? end - i : Kept(word, i, end);
            shorter.Append(word[i], keep);
            i = end;
        }

        return shorter.ToString();
    }

    /// <summary>
    /// English doubles "o" and "e" before a consonant ("good", "cool", "need"); a letter drawn out at the end of a word, or any other, is
    /// one.
    /// </summary>
    private static int Kept(string word, int start, int end) => word[start] is 'o' or 'e' && end < word.Length && start > 0 ? 2 : 1;

    private static bool HasRun(string word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == word[i - 1] && word[i] == word[i - 2])
                return true;
        }

        return false;
    }
}
