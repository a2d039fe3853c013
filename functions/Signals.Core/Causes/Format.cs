namespace Signals.Core.Causes;

/// <summary>How numbers read in evidence.</summary>
internal static class Format
{
    public static string Amount(double amount) => Math.Abs(amount) >= 100 ? amount.ToString("#,##0") : amount.ToString("0.#");

    public static string Percent(double share) => $"{share * 100:0}%";
}
