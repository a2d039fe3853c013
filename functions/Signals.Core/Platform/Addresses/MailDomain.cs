using System.Globalization;

namespace Signals.Core.Platform.Addresses;

/// <summary>Names of mail domains, in letters and in ASCII.</summary>
public static class MailDomain
{
    private const int MaxChars = 253;
    private const int MaxLabelChars = 63;
    private const string EncodedPrefix = "xn--";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// The ASCII form in lower case, without a dot at its end; null where it is no domain's name. Letters are folded as UTS 46 asks
    /// (case, width, composition, dots), nontransitionally: a sharp s stays one.
    /// </summary>
    public static string? Ascii(string domain)
    {
        domain = domain.TrimEnd('.', '\u3002', '\uff0e', '\uff61');
        if (domain.Length is 0 or > MaxChars)
            return null;
        string[] labels = domain.Split('.', '\u3002', '\uff0e', '\uff61');
        for (int i = 0; i < labels.Length; i++)
        {
            if (Label(labels[i].Trim(' ')) is not { } label)
                return null;
            labels[i] = label;
        }
        string ascii = string.Join('.', labels);
        return ascii.Length <= MaxChars ? ascii : null;
    }

    /// <summary>The form in letters of an ASCII domain; the same where it has none.</summary>
    public static string InLetters(string ascii) => string.Join('.', ascii.Split('.').Select(label => Decoded(label) ?? label));

    private static string? Label(string label)
    {
        label = Composition.Compose(label.ToLowerInvariant());
        // An encoded label may hold what would have been folded before it was encoded.
        if (Decoded(label) is { } decoded && !System.Text.Ascii.IsValid(decoded))
            label = Composition.Compose(decoded.ToLowerInvariant());
        if (label.Length is 0 or > MaxLabelChars)
            return null;
        if (!System.Text.Ascii.IsValid(label))
        {
            try
            {
                label = Idn.GetAscii(label);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
        return label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? label : null;
    }

    private static string? Decoded(string label)
    {
        if (!label.StartsWith(EncodedPrefix, StringComparison.Ordinal))
            return null;
        try
        {
            return Idn.GetUnicode(label) is { Length: > 0 } decoded ? decoded : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
