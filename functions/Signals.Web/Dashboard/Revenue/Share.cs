using Signals.Core.Daily.Revenue;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>How a share of money reads: with a decimal, for a tenth of a per cent is money.</summary>
internal static class Share
{
    public static string Percent(Reader reader, RevenueShare share) => Percent(reader, share.Share);

    public static string Percent(Reader reader, double? share) => share is { } known ? reader.PercentFine(known) : reader.Percent(null);

    public static string Range(Reader reader, RevenueShare share) =>
        reader.Range(reader.PercentFine(share.Low), reader.PercentFine(share.High));
}
