namespace Signals.Core.Causes;

/// <summary>How numbers read in evidence.</summary>
internal static class Format
{
    public static string Amount(double amount) => Math.Abs(amount) >= 100 ? amount.ToString("#,##0") : amount.ToString("0.#");

    /// <summary>"1 try", "3 tries".</summary>
    public static string Count(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{count:#,##0} {many}";

    public static string Percent(double share) => $"{share * 100:0}%";
}
