using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Revenue;

/// <summary>Sums what became of money between two days, one account after the other, in the room of a few numbers.</summary>
/// <remarks>
/// Accounts pay unlike amounts, so the money of a few tells less than their number: gross retention's interval is Wilson's (1927) for as
/// many accounts as would tell as much if all paid alike (Kish, "Survey Sampling", 1965). What is paid more is a ratio of two sums, with
/// the error of one (Cochran, "Sampling Techniques", 1977, 6.4). Net retention is the two together (Zou and Donner 2008, as Newcombe 1998).
/// </remarks>
internal sealed class RevenueTally
{
    private double _squares;
    private double _moreSquares;
    private double _moreTimesStart;

    public int Customers { get; private set; }

    public int Left { get; private set; }

    public int New { get; private set; }

    public double Start { get; private set; }

    public double Churned { get; private set; }

    public double Contracted { get; private set; }

    public double Expanded { get; private set; }

    public double Added { get; private set; }

    public void Add(double before, double after)
    {
        if (before <= 0)
        {
            New += after > 0 ? 1 : 0;
            Added += after;
            return;
        }
        Customers++;
        Start += before;
        _squares += before * before;
        if (after <= 0)
        {
            Left++;
            Churned += before;
        }
        else if (after < before)
        {
            Contracted += before - after;
        }
        else
        {
            double more = after - before;
            Expanded += more;
            _moreSquares += more * more;
            _moreTimesStart += more * before;
        }
    }

    public RevenueShare Gross()
    {
        if (Start <= 0)
            return new RevenueShare(null, 0, 1);
        var (low, high) = Wilson.Interval95(Kept, Start * Start / _squares);
        return Rounded(Kept, low, high);
    }

    public RevenueShare Net()
    {
        if (Start <= 0)
            return new RevenueShare(null, 0, 1);
        double more = Expanded / Start;
        // The sum of (more - share * start)² over all accounts, from sums alone.
        double residuals = Math.Max(0, _moreSquares - 2 * more * _moreTimesStart + more * more * _squares);
        double half = Customers < 2 ? 0 : Wilson.Z95 * Math.Sqrt(residuals * Customers / (Customers - 1)) / Start;
        var (low, high) = Wilson.Interval95(Kept, Start * Start / _squares);
        double net = Kept + more;
        return Rounded(
            net,
            Math.Max(0, net - Math.Sqrt((Kept - low) * (Kept - low) + Math.Min(half, more) * Math.Min(half, more))),
            net + Math.Sqrt((high - Kept) * (high - Kept) + half * half)
        );
    }

    public RevenuePeriod Over(DateOnly from, DateOnly to) =>
        new(from, to, Customers, Cents(Start), Cents(Churned), Cents(Contracted), Cents(Expanded), Cents(Added), Gross(), Net())
        {
            Left = Left,
            New = New,
        };

    private double Kept => (Start - Churned - Contracted) / Start;

    private static RevenueShare Rounded(double share, double low, double high) =>
        new(Math.Round(share, 4), Math.Round(low, 4), Math.Round(high, 4));

    internal static double Cents(double amount) => Math.Round(amount, 2);
}
