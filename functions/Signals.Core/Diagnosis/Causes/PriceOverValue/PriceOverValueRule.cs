using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.PriceOverValue;

/// <summary>
/// For what they pay, they get far less than customers like them: in the cohort's lowest share and under a part of its median.
/// </summary>
/// <remarks>Confidence grows with the distance to the median, and with the cohort's size (n / (n + half of what is asked for)).</remarks>
public sealed class PriceOverValueRule : IAccountRule
{
    private const double LeastConfidence = 0.5;
    private const double ConfidenceRange = 0.45;

    public string Cause => CauseIds.PriceOverValue;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = PriceOverValueSettings.Of(context.Model);
        if (
            context.ValuePerPrice(settings.Days) is not { } own
            || context.Norms.ValuePerPrice(context.Cohort, settings.Cohort) is not { } cohort
        )
            return null;
        double median = cohort.Quantile(0.5),
            lowest = cohort.Quantile(settings.Lowest);
        if (own > lowest || own >= settings.OfMedian * median)
            return null;
        double confidence =
            (LeastConfidence + ConfidenceRange * (1 - own / (settings.OfMedian * median)))
            * cohort.Count
            / (cohort.Count + settings.Cohort / 2.0);
        string currency = context.Model.Currency;
        var unit = Phrase.Of($"{context.Model.Value.Unit} per {currency}");
        DateOnly from = Days.Date(context.Today - settings.Days),
            to = Days.Date(context.Yesterday);
        return new RuleFinding(
            confidence,
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of(
                            $"{Format.Amount(own)} {unit} a month from {from} to {to}, in the lowest {Format.Percent(settings.Lowest)} of "
                                + $"{cohort.Count} customers like them"
                        ),
                        Phrase.Of($"{Format.Amount(own)} {unit}"),
                        Phrase.Of($"about {Format.Amount(median)} {unit}"),
                        from
                    ),
                    new Evidence(
                        Phrase.Of($"they pay {Format.Amount(context.Facts.Price)} {currency} a month"),
                        Phrase.Of($"{Format.Amount(context.Facts.Price)} {currency}"),
                        Phrase.Of("a price that pays off for them"),
                        null
                    ),
                ]
        );
    }
}
