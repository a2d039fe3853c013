using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Adoption;

/// <summary>How a feature is adopted, in the four dimensions that tell whether it will last.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Breadth">Who: accounts that used it in the window, of those whose plan has it.</param>
/// <param name="Ever">Accounts that ever used it, of the same.</param>
/// <param name="UsesPerAccount">How much: uses in the window per account that used it; null when none did.</param>
/// <param name="DaysPerAccount">How often: the median account's days of use in the window; null when none did.</param>
/// <param name="DaysToAdopt">How soon: days from an account's start until half of all accounts used it first; null when fewer than half
/// will.</param>
/// <param name="AdoptedWithin30">The share of accounts that use it within 30 days of their start.</param>
/// <param name="DaysKept">How long: days from first use until half of the adopters stopped (no use for a window); null when fewer
/// did.</param>
/// <param name="KeptAfter90">The share of adopters who still use it 90 days after their first use.</param>
public sealed record FeatureMeasure(
    string Id,
    Proportion Breadth,
    Proportion Ever,
    double? UsesPerAccount,
    int? DaysPerAccount,
    int? DaysToAdopt,
    double AdoptedWithin30,
    int? DaysKept,
    double KeptAfter90
);
