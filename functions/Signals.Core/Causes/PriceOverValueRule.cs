using Signals.Core.Accounts;
using Signals.Core.Model;

namespace Signals.Core.Causes;

/// <summary>For what they pay, they get far less than customers like them: in the cohort's lowest share and under a part of its median.</summary>
/// <remarks>Confidence grows with the distance to the median, and with the cohort's size (n / (n + half of what is asked for)).</remarks>
public sealed class PriceOverValueRule : IAccountRule
{
    private const double LeastConfidence = 0.5;
    private const double ConfidenceRange = 0.45;

    public string Cause => CauseIds.PriceOverValue;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = context.Model.Causes.PriceOverValue;
        if (context.ValuePerPrice(settings.Days) is not { } own || context.Norms.ValuePerPrice(context.Cohort, settings.Cohort) is not { } cohort)
            return null;
        double median = cohort.Quantile(0.5), lowest = cohort.Quantile(settings.Lowest);
        if (median <= 0 || own > lowest || own >= settings.OfMedian * median)
            return null;
        double confidence = (LeastConfidence + ConfidenceRange * (1 - own / (settings.OfMedian * median))) * cohort.Count / (cohort.Count + settings.Cohort / 2.0);
        string unit = $"{context.Model.Value.Unit} per {context.Model.Currency}";
        return new RuleFinding(confidence, null, () =>
        [
            new Evidence(
                $"{Format.Amount(own)} {unit} a month, in the lowest {Format.Percent(settings.Lowest)} of {cohort.Count} customers like them",
                $"{Format.Amount(own)} {unit}", $"about {Format.Amount(median)} {unit}", Days.Date(context.Today - settings.Days)),
            new Evidence(
                $"they pay {Format.Amount(context.Facts.Price)} {context.Model.Currency} a month", $"{Format.Amount(context.Facts.Price)} {context.Model.Currency}",
                "worth it to them", null),
        ]);
    }
}
