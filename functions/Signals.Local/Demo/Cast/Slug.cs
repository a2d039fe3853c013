using System.Text;

namespace Signals.Local.Demo.Cast;

/// <summary>Names as they stand in ids and addresses: lower-case ASCII letters and digits.</summary>
internal static class Slug
{
    // Decomposing letters needs globalization data, which this app runs without.
    private const string Accented = "ÉÈéèêëàâôöîïûùç";
    private const string Plain = "eeeeeeaaooiiuuc";

    public static string Of(string name, char space)
    {
        var slug = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            int accent = Accented.IndexOf(letter, StringComparison.Ordinal);
            if (letter == ' ')
                slug.Append(space);
            else if (accent >= 0)
                slug.Append(Plain[accent]);
            else if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(char.ToLowerInvariant(letter));
        }
        return slug.ToString();
    }
}
