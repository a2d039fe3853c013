using Signals.Core.Daily.Adoption;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Retention;

/// <summary>What measures need to know of an account, read once from its history and counted in every segment it is in.</summary>
public sealed class AccountMarks
{
    public AccountMarks(AccountContext account, MeasureCalendar calendar)
    {
        Features = [.. account.Model.Features.Select(feature => FeatureUse.Of(feature, account))];
        var span = new CustomerSpan(account);
        Latest = PresenceOf(account, span, calendar.Latest.From - 1, calendar.Latest.To);
        var there = calendar.Ends.Select(day => (Customer: span.Holds(day), Value: GotValue(account, day))).ToList();
        Ends = there;
        CameIn = span.Start is { } start ? calendar.MonthOf(start) : calendar.Months.Count;
    }

    /// <summary>In the model's order; null for features that say nothing about the account.</summary>
    public IReadOnlyList<FeatureUse?> Features { get; }

    public Presence Latest { get; }

    /// <summary>
    /// At each of <see cref="MeasureCalendar.Ends"/>: whether they were a customer, and reached the floor in the window before.
    /// </summary>
    public IReadOnlyList<(bool Customer, bool Value)> Ends { get; }

    /// <summary>The month they became a customer in, by <see cref="MeasureCalendar.MonthOf"/>.</summary>
    public int CameIn { get; }

    /// <summary>Presence over a month, by its index.</summary>
    public Presence Over(int month) => new(Ends[month].Customer, Ends[month + 1].Customer, Ends[month].Value, Ends[month + 1].Value);

    private static Presence PresenceOf(AccountContext account, CustomerSpan span, int before, int to) =>
        new(span.Holds(before), span.Holds(to), GotValue(account, before), GotValue(account, to));

    private static bool GotValue(AccountContext account, int day)
    {
        var floor = account.Model.Value.Floor;
        return account.KnowsValueFrom(day - floor.Days + 1) && account.Usage.Value(day - floor.Days + 1, day) >= floor.Amount;
    }
}

/// <summary>Whether an account was a customer, and got value, on the day before a period and on its last.</summary>
public readonly record struct Presence(bool Before, bool After, bool ValuedBefore, bool ValuedAfter);
