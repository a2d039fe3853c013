namespace Signals.Core.Model;

/// <summary>The languages that every message is written in; a locale such as "fr-CA" speaks its language's messages.</summary>
public static class MessageLanguages
{
    public static readonly IReadOnlyList<string> All = ["en", "fr"];

    /// <summary>The language of a locale: "fr" for "fr-CA".</summary>
    public static string Of(string locale) => locale.Split('-', 2)[0].ToLowerInvariant();
}
