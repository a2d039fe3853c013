namespace Signals.Messages.Sources;

/// <summary>Which language a message is written in, best first.</summary>
internal static class LocaleChain
{
    private const string LastResort = "en";
    private const int MaxChars = 35;

    /// <summary>
    /// "fr-CA" gives fr-ca, fr, then <paramref name="spoken"/> (the languages the product writes in, best first), then en.
    /// A language that the product does not write in is passed over: its pages would not be in it either.
    /// </summary>
    public static IEnumerable<string> Of(string locale, IReadOnlyList<string> spoken)
    {
        for (string tag = Normalize(locale); tag.Length > 0; tag = Parent(tag))
        {
            string candidate = tag;
            if (spoken.Any(own => Shares(Normalize(own), candidate)))
                yield return candidate;
        }
        foreach (string own in spoken)
        {
            for (string tag = Normalize(own); tag.Length > 0; tag = Parent(tag))
                yield return tag;
        }
        yield return LastResort;
    }

    private static string Normalize(string locale) => locale.Length > MaxChars ? "" : locale.Trim().Replace('_', '-').ToLowerInvariant();

    private static string Parent(string tag) => tag.LastIndexOf('-') is > 0 and var cut ? tag[..cut] : "";

    private static bool Shares(string own, string candidate) =>
        own == candidate
        || own.StartsWith(candidate + "-", StringComparison.Ordinal)
        || candidate.StartsWith(own + "-", StringComparison.Ordinal);
}
