namespace Signals.Core.Model;

/// <summary>Messages that a customer is owed: what ends, what was asked of support, what could not be paid.</summary>
public static class Notices
{
    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal) { CauseIds.FeatureSunset, CauseIds.SupportUnhappy, CauseIds.PaymentFailing };
}
