using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Time;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// The days on which a customer decides whether to stay: who pays until a day leaves at that day. A renewal, the end of a trial, or the
/// next payment where payments come at a steady pace and nothing else is told.
/// </summary>
public static class Decisions
{
    private const int PaymentsBack = 400;

    /// <summary>How far a payment may be from its month, quarter or year.</summary>
    private const int Slack = 4;

    /// <summary>A payment so many days late is no longer waited for.</summary>
    private const int MostLate = 5;

    private static readonly int[] Periods = [7, 30, 91, 182, 365];

    /// <summary>The next one from today on, or null.</summary>
    public static int? Next(RiskSubject subject) => Next(subject.Context);

    public static int? Next(AccountContext context) => NextKnown(context)?.Day;

    /// <summary>The next one and what it is, or null.</summary>
    public static Decision? NextKnown(AccountContext context) =>
        AllTold(context).Where(decision => decision.Day >= context.Today).OrderBy(decision => decision.Day).FirstOrDefault()
        ?? (NextPayment(context) is { } day ? new Decision(day, DecisionKind.Payment) : null);

    /// <summary>Those that facts and traits tell, past ones among them.</summary>
    public static IEnumerable<int> Told(AccountContext context) => AllTold(context).Select(decision => decision.Day);

    private static IEnumerable<Decision> AllTold(AccountContext context)
    {
        if (context.Facts.RenewalAt is { } renewal)
            yield return new Decision(Days.Of(renewal), DecisionKind.Renewal);
        if (context.Facts.TrialEndsAt is { } trial)
            yield return new Decision(Days.Of(trial), DecisionKind.TrialEnd);
    }

    /// <summary>The last payment and the usual days between the last three, if those are a week, a month, a quarter or more.</summary>
    private static int? NextPayment(AccountContext context)
    {
        var billing = context.Model.Billing.Recovered;
        if (billing.Count == 0)
            return null;
        int[] paid = [.. context.Usage.DaysOf(billing, context.Today - PaymentsBack, context.Today)];
        if (paid.Length < 3)
            return null;
        int last = paid[^1] - paid[^2],
            before = paid[^2] - paid[^3];
        foreach (int period in Periods)
        {
            int slack = Math.Min(Slack, period / 3);
            if (Math.Abs(last - period) > slack || Math.Abs(before - period) > slack)
                continue;
            int due = paid[^1] + (last + before) / 2;
            return due >= context.Today ? due
                : due >= context.Today - MostLate ? context.Today
                : null;
        }
        return null;
    }
}

/// <summary>A UTC day, by number, on which a customer decides whether to stay.</summary>
public sealed record Decision(int Day, DecisionKind Kind);

public enum DecisionKind
{
    Renewal,
    TrialEnd,
    Payment,
}
