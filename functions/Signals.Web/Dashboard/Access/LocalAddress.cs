namespace Signals.Web.Dashboard.Access;

/// <summary>Addresses that a browser brings along, to be led to afterwards: only those of this site's own pages count.</summary>
internal static class LocalAddress
{
    public const int MaxChars = 2000;

    /// <summary>The address as long as it is a path of this site, with the name of a part of the page maybe; else the other.</summary>
    public static string Of(string? address, string otherwise)
    {
        bool isPath = address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= MaxChars && !address.Any(char.IsControl);
        if (!isPath)
            return otherwise;
        int part = address!.IndexOf('#', StringComparison.Ordinal);
        bool isNamed = part >= 0 && address[(part + 1)..].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        string path = isNamed ? address[..part] : address;
        return Uri.IsWellFormedUriString(path, UriKind.Relative) ? address : otherwise;
    }
}
