using System.Runtime.InteropServices;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;

namespace Signals.Core.Daily.Adoption;

/// <summary>How one account uses a feature that its plan has.</summary>
/// <param name="Age">Days since the account's start.</param>
/// <param name="Adopted">Days from the start to the first use; null before any.</param>
/// <param name="Kept">Days from the first use to the last one, or until today while it is used.</param>
/// <param name="Stopped">True when it was given up: not used for a window.</param>
/// <param name="Days">Days of use in the window.</param>
/// <param name="Uses">Uses in the window.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FeatureUse(int Age, int? Adopted, int Kept, bool Stopped, int Days, long Uses)
{
    /// <summary>Days looked at; not used for so long, a feature is given up.</summary>
    public const int Window = 30;

    /// <summary>
    /// Null where it says nothing: customers who left tell nothing of those who stay, nor do those whose plan does not have it.
    /// </summary>
    public static FeatureUse? Of(Feature feature, AccountContext account)
    {
        if (account.IsChurned || account.Usage.FirstDay is not { } start || !IsOf(feature, account.Facts.Plan))
            return null;
        int today = account.Today;
        if (account.Usage.FirstOf(feature.Events) is not { } first)
            return new FeatureUse(today - start, null, 0, Stopped: false, 0, 0);

        int firstDay = Platform.Time.Days.Of(first),
            lastDay = Platform.Time.Days.Of(account.Usage.LastOf(feature.Events)!.Value);
        bool stopped = lastDay <= today - Window;
        int from = today - Window + 1,
            days = account.Usage.DaysOf(feature.Events, from, today).Count();
        return new FeatureUse(
            today - start,
            firstDay - start,
            (stopped ? lastDay : today) - firstDay,
            stopped,
            days,
            days == 0 ? 0 : account.Usage.Count(feature.Events, from, today)
        );
    }

    private static bool IsOf(Feature feature, string? plan) =>
        feature.Plans.Count == 0 || feature.Plans.Contains(plan, StringComparer.OrdinalIgnoreCase);
}
