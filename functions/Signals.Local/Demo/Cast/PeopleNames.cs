namespace Signals.Local.Demo.Cast;

/// <summary>Given and family names for the people of the story.</summary>
internal static class PeopleNames
{
    private static readonly string[] EnglishGiven =
    [
        "Amara",
        "Ben",
        "Carla",
        "Daniel",
        "Esther",
        "Farid",
        "Grace",
        "Henry",
        "Imani",
        "Jack",
        "Keiko",
        "Liam",
        "Maya",
        "Noah",
        "Olga",
        "Priya",
        "Quentin",
        "Rosa",
        "Samir",
        "Tess",
        "Uma",
        "Victor",
        "Wanda",
        "Yusuf",
        "Zoe",
        "Adam",
        "Bridget",
        "Colin",
        "Dora",
        "Ethan",
    ];

    private static readonly string[] EnglishFamily =
    [
        "Abbott",
        "Baker",
        "Chen",
        "Dawson",
        "Edwards",
        "Fisher",
        "Garcia",
        "Hughes",
        "Ibrahim",
        "Jensen",
        "Khan",
        "Lowe",
        "Mensah",
        "Novak",
        "Okafor",
        "Patel",
        "Quinn",
        "Reyes",
        "Singh",
        "Turner",
        "Usman",
        "Vargas",
        "Walsh",
        "Young",
        "Zimmer",
    ];

    private static readonly string[] FrenchGiven =
    [
        "Adèle",
        "Bastien",
        "Chloé",
        "Damien",
        "Élodie",
        "Fabrice",
        "Gaëlle",
        "Hugo",
        "Inès",
        "Julien",
        "Karine",
        "Loïc",
        "Manon",
        "Nadia",
        "Océane",
        "Pascal",
        "Romane",
        "Sylvain",
        "Théo",
        "Valérie",
    ];

    private static readonly string[] FrenchFamily =
    [
        "Aubert",
        "Besson",
        "Caron",
        "Delmas",
        "Étienne",
        "Fournier",
        "Girard",
        "Henry",
        "Jacquet",
        "Lefèvre",
        "Marchand",
        "Noël",
        "Perrin",
        "Renaud",
        "Sauvage",
        "Tessier",
        "Vidal",
    ];

    public static string Of(bool isFrench, Random chance)
    {
        var (given, family) = isFrench ? (FrenchGiven, FrenchFamily) : (EnglishGiven, EnglishFamily);
        return $"{given[chance.Next(given.Length)]} {family[chance.Next(family.Length)]}";
    }
}
