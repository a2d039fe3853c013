namespace Signals.Messages.Rendering;

/// <summary>The few words that helpers write. Languages without an entry get English ones.</summary>
internal sealed record LocaleWords(string FirstOfMonth, IReadOnlyList<string> Months, IReadOnlyDictionary<string, string> RiskLevels)
{
    private static readonly LocaleWords English = new(
        "1",
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["at-risk"] = "at risk", ["watch"] = "on watch" }
    );

    private static readonly LocaleWords French = new(
        "1er",
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["healthy"] = "en bonne santé",
            ["watch"] = "à surveiller",
            ["at-risk"] = "à risque",
            ["critical"] = "critique",
        }
    );

    public static LocaleWords For(string locale) => locale.Split('-')[0] == "fr" ? French : English;

    /// <summary>A risk level as people say it.</summary>
    public string RiskLevel(string level) => RiskLevels.GetValueOrDefault(level, level);
}
