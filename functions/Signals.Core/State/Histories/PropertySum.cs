namespace Signals.Core.State.Histories;

/// <summary>
/// A numeric property's amount in millionths, under its <see cref="History.PropertyKey"/>: whole numbers add up to the same total in any
/// order, as floating point does not.
/// </summary>
public readonly record struct PropertySum(string Key, long Micros)
{
    public const double MicrosPerUnit = 1_000_000;

    /// <summary>Amounts beyond this are cut to it, so that no single event can drown a history.</summary>
    public const double MaxAmount = 1e9;

    public static PropertySum Of(string key, double amount) =>
        new(key, (long)Math.Round(Math.Clamp(amount, -MaxAmount, MaxAmount) * MicrosPerUnit));
}
