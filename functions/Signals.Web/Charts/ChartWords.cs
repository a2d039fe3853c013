namespace Signals.Web.Charts;

/// <summary>What every chart says by itself, in its reader's language.</summary>
/// <param name="Numbers">What opens the table behind it.</param>
/// <param name="NumbersOf">What stands between that and the chart's title, for who can't see which chart it belongs to.</param>
public sealed record ChartWords(string Numbers, string NumbersOf)
{
    public static ChartWords English { get; } = new("The numbers", " of: ");
}
