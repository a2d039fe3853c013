namespace Signals.Local.Demo.Cast;

/// <summary>Invented companies: a first part, a trade and a form, combined without repetition.</summary>
internal static class CompanyNames
{
    private static readonly string[] English =
    [
        "Alder",
        "Amberley",
        "Birchwood",
        "Blackfriar",
        "Bramble",
        "Brightwater",
        "Calloway",
        "Cedarline",
        "Copperfield",
        "Driftwood",
        "Eastgate",
        "Elmhurst",
        "Fairmont",
        "Foxglove",
        "Greenacre",
        "Hallmoor",
        "Harrow",
        "Ironbridge",
        "Juniper",
        "Kestrel",
        "Lakeshore",
        "Larkspur",
        "Millbrook",
        "Northwind",
        "Oakhaven",
        "Pinecrest",
        "Quarry",
        "Redfern",
        "Silverleaf",
        "Thornton",
    ];

    private static readonly string[] French =
    [
        "Aubépine",
        "Beaurivage",
        "Belair",
        "Bruyère",
        "Castelnau",
        "Chardon",
        "Clairval",
        "Coquelicot",
        "Deux Rives",
        "Étincelle",
        "Fontaine",
        "Garrigue",
        "Hirondelle",
        "Lavandou",
        "Mirabelle",
        "Montclair",
        "Olivette",
        "Pervenche",
        "Rochefort",
        "Tilleul",
    ];

    private static readonly string[] EnglishTrades =
    [
        "Logistics",
        "Travel",
        "Dental",
        "Outfitters",
        "Energy",
        "Books",
        "Insurance",
        "Bikes",
        "Foods",
        "Software",
        "Interiors",
        "Academy",
    ];

    private static readonly string[] FrenchTrades =
    [
        "Voyages",
        "Énergie",
        "Logistique",
        "Librairies",
        "Assurances",
        "Cycles",
        "Jardins",
        "Conseil",
    ];

    /// <summary>The name of the given index; each index has its own.</summary>
    public static string Of(bool isFrench, int index)
    {
        var (firsts, trades) = isFrench ? (French, FrenchTrades) : (English, EnglishTrades);
        // Neighbours differ in both parts, so that a list of accounts does not read like a table of combinations.
        int first = index % firsts.Length,
            trade = (index / firsts.Length + index * 5) % trades.Length;
        return $"{firsts[first]} {trades[trade]}";
    }
}
