namespace Signals.Core.Daily.Revenue;

/// <summary>
/// What became, over a period, of the money of those who paid at its start. New customers are told of, and are in neither retention.
/// All amounts are a month's, in the model's currency.
/// </summary>
/// <param name="From">Its first UTC day.</param>
/// <param name="To">Its last UTC day.</param>
/// <param name="Customers">Accounts that paid at the start.</param>
/// <param name="Start">What they paid then.</param>
/// <param name="Churned">Of that, what those paid who paid nothing at the end: they left, or are on something free.</param>
/// <param name="Contracted">What those pay less who pay less.</param>
/// <param name="Expanded">What those pay more who pay more.</param>
/// <param name="Added">What those pay at the end who paid nothing at the start.</param>
/// <param name="Gross">Of the money at the start, what was kept: what somebody pays more makes good for nobody else.</param>
/// <param name="Net">What those of the start pay at the end, over what they paid.</param>
public sealed record RevenuePeriod(
    DateOnly From,
    DateOnly To,
    int Customers,
    double Start,
    double Churned,
    double Contracted,
    double Expanded,
    double Added,
    RevenueShare Gross,
    RevenueShare Net
)
{
    /// <summary>Accounts of the start that pay nothing at the end.</summary>
    public int Left { get; init; }

    /// <summary>Accounts that pay at the end and did not at the start.</summary>
    public int New { get; init; }

    /// <summary>What those of the start pay at the end.</summary>
    public double End => Start - Churned - Contracted + Expanded;
}

/// <summary>The money of those who began to pay in one calendar month (UTC), at the end of that month and of each later one.</summary>
/// <param name="Month">The month's first day; null for everybody who paid before the first month looked at.</param>
/// <param name="Customers">Of the month, at its end.</param>
/// <param name="Start">What they paid then, a month.</param>
/// <param name="Net">What the same pay at the end of that month, of the next one, and so on.</param>
/// <param name="Gross">The same without what anybody pays more than at the start.</param>
public sealed record RevenueCohort(DateOnly? Month, int Customers, double Start, IReadOnlyList<double> Net, IReadOnlyList<double> Gross)
{
    /// <summary>By the same months, how much of the start's money was kept.</summary>
    public IReadOnlyList<RevenueShare> GrossShares { get; init; } = [];

    public IReadOnlyList<RevenueShare> NetShares { get; init; } = [];
}
