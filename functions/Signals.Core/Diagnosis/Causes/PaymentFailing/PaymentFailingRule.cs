using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.PaymentFailing;

/// <summary>
/// A payment failed and was not made good: a customer who may be lost without wanting to leave. The grace is counted in whole days, for
/// history is kept by the day.
/// </summary>
public sealed class PaymentFailingRule : IAccountRule
{
    private const double HoursOfDay = 24;

    /// <summary>One failure may be the bank's; each further one halves the doubt.</summary>
    private const double DoubtOfOne = 0.3;

    private const double MostConfidence = 0.95;

    public string Cause => CauseIds.PaymentFailing;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = PaymentFailingSettings.Of(context.Model);
        var billing = context.Model.Billing;
        if (context.Usage.LastOf(billing.Failed) is not { } last || context.Usage.LastOf(billing.Recovered) >= last)
            return null;
        int lastDay = Days.Of(last);
        int madeGood = context.Usage.LastOf(billing.Recovered) is { } recovered ? Days.Of(recovered) : int.MinValue;
        int first = lastDay;
        long failures = 0;
        int[] failed = context.Usage.IndexesOf(billing.Failed);
        foreach (var bucket in context.Usage.Buckets.Where(bucket => bucket.Day > madeGood))
        {
            int count = failed.Sum(bucket.Count);
            if (count == 0)
                continue;
            first = failures == 0 ? bucket.Day : first;
            failures += count;
        }
        failures = Math.Max(1, failures);
        if (
            failures < settings.Failures
            || context.Today - first < Math.Ceiling(settings.GraceHours / HoursOfDay)
            || context.Today - lastDay > settings.ForgetDays
        )
            return null;
        double confidence = Math.Min(MostConfidence, 1 - DoubtOfOne * Math.Pow(0.5, failures - 1));
        return new RuleFinding(
            confidence,
            null,
            () => [Explain(failures, AmountOf(context, lastDay), context.Model.Currency, Days.Date(first))]
        );
    }

    /// <summary>The last payment that failed, by its day (UTC) and amount where that is known; null for none.</summary>
    public static (DateOnly Day, double? Amount)? Last(AccountContext context) =>
        context.Usage.LastOf(context.Model.Billing.Failed) is { } last
            ? (Days.Date(Days.Of(last)), AmountOf(context, Days.Of(last)))
            : null;

    private static Evidence Explain(long failures, double? amount, string currency, DateOnly since)
    {
        var tries = Format.Count(failures, "{0} failed try", "{0} failed tries");
        if (amount is not { } due)
        {
            return new Evidence(
                Phrase.Of($"payment failed {Format.Times(failures)} and was not made good"),
                tries,
                Phrase.Of("paid"),
                since
            );
        }
        var sum = Phrase.Of($"{Format.Money(due)} {currency}");
        return new Evidence(
            Phrase.Of($"payment of {sum} failed {Format.Times(failures)} and was not made good"),
            tries,
            Phrase.Of($"{sum} paid"),
            since
        );
    }

    /// <summary>What the last failed payment was about, by the event; the mean where several failed that day.</summary>
    private static double? AmountOf(AccountContext context, int day)
    {
        var billing = context.Model.Billing;
        if (billing.Amount is not { } property)
            return null;
        double sum = billing.Failed.Sum(name => context.Usage.Sum(name, property, day));
        long count = context.Usage.Count(billing.Failed, day, day);
        return sum > 0 && count > 0 ? sum / count : null;
    }
}
