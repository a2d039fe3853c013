namespace Signals.Backtesting.Inference;

/// <summary>Names under which products tell what a customer pays for, and how much.</summary>
internal static class PlanWords
{
    public static bool IsPlan(NameWords words) =>
        words.Has("plan.", "tier.", "level.", "edition.", "package.", "planname", "plantier")
        && !words.Has(
            "id.",
            "price",
            "count",
            "seats",
            "old",
            "previous",
            "from",
            "error",
            "log",
            "zoom",
            "battery",
            "difficulty",
            "amount",
            "interval",
            "ends",
            "started",
            "at."
        );

    public static bool IsPrice(NameWords words) =>
        words.Has("mrr.", "price.") || words.Holds("monthlyprice", "pricepermonth", "monthlyamount", "mrr");

    public static bool IsSeats(NameWords words) => words.Has("seats.", "licenses.", "licences.") || words.Holds("seatcount", "maxseats");

    public static bool IsEnd(NameWords words) =>
        words.Holds("endsat", "renewalat", "renewsat", "periodend", "expiresat", "enddate", "renewaldate");
}
