using Signals.Core.Daily.Retention;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Daily.Revenue;

/// <summary>What money needs to know of an account, read once. All amounts are a month's, in the model's currency.</summary>
public sealed class RevenueMarks
{
    public RevenueMarks(AccountContext account, MeasureCalendar calendar)
    {
        Account = account;
        var span = new CustomerSpan(account);
        Ends = [.. calendar.Ends.Select(day => RevenueOn(account, span, day))];
        Before = RevenueOn(account, span, calendar.Latest.From - 1);
        After = RevenueOn(account, span, calendar.Latest.To);
        Now = RevenueOn(account, span, account.Today);
        int first = Ends.ToList().FindIndex(paid => paid > 0);
        // Who has paid from the first end on came before the first month; who pays since this month has no row yet.
        CameIn = first < 0 ? Ends.Count : first - 1;
        if (account.Account.Review is { } review && review.ReviewedAt != default)
            Risk = review.Assessment.Risk;
    }

    public AccountContext Account { get; }

    /// <summary>What it paid at each of <see cref="MeasureCalendar.Ends"/>; 0 for no customer, for nothing, and on trial.</summary>
    public IReadOnlyList<double> Ends { get; }

    /// <summary>What it paid on the day before the latest period.</summary>
    public double Before { get; }

    /// <summary>What it paid on the latest period's last day.</summary>
    public double After { get; }

    /// <summary>What it pays today.</summary>
    public double Now { get; }

    /// <summary>The month it paid first in, by <see cref="MeasureCalendar.MonthOf"/>.</summary>
    public int CameIn { get; }

    /// <summary>As the last review found; null before one.</summary>
    public RiskAssessment? Risk { get; }

    private static double RevenueOn(AccountContext account, CustomerSpan span, int day) =>
        span.Holds(day) && !account.Facts.IsOnTrial(day) ? account.PriceOn(day) : 0;
}
