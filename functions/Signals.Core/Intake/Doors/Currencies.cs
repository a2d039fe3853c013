using System.Collections.Frozen;

namespace Signals.Core.Intake.Doors;

/// <summary>How many of a currency's smallest units make one of it (ISO 4217); most have a hundred.</summary>
internal static class Currencies
{
    private const double Usual = 100;
    private const double Thousand = 1_000;

    private static readonly FrozenSet<string> WithoutUnits = new[]
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> WithThousand = new[] { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" }.ToFrozenSet(
        StringComparer.OrdinalIgnoreCase
    );

    public static double MinorUnitsOf(string currency) =>
        WithoutUnits.Contains(currency) ? 1
        : WithThousand.Contains(currency) ? Thousand
        : Usual;
}
