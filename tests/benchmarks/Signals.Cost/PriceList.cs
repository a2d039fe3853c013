namespace Signals.Cost;

/// <summary>
/// List prices in US dollars, West Europe, pay as you go; docs/cost.md says where each comes from and of when it is. Prices change: count
/// with your own.
/// </summary>
internal static class PriceList
{
    /// <summary>Table Storage, any transaction, standard general-purpose v2 account without a key of the customer's own.</summary>
    public const double StoragePerTenThousand = 0.00036;

    /// <summary>Service Bus Standard: the base charge of a month, and how many operations are in it.</summary>
    public const double BusBase = 9.81;

    public const double BusIncluded = 13_000_000;

    /// <summary>Service Bus Standard: operations 13 to 100 million of a month.</summary>
    public const double BusPerMillion = 0.80;

    /// <summary>SendGrid's overage of the plan with 50,000 mails a month.</summary>
    public const double PerMail = 0.0013;

    public static double Storage(double transactions) => transactions / 10_000 * StoragePerTenThousand;

    /// <summary>Operations beyond those that the base charge includes.</summary>
    public static double Bus(double operations) => operations / 1_000_000 * BusPerMillion;
}
