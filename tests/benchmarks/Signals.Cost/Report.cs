using Signals.Core.Platform.Messaging;
using Signals.Core.State.WakeUps;
using Signals.Testing.Cost;

namespace Signals.Cost;

/// <summary>Prints what was counted, scaled to a million events or a thousand accounts, with money beside it.</summary>
internal static class Report
{
    private const double Million = 1_000_000;

    public static void WriteHeader()
    {
        Console.WriteLine(
            "| mix | events | storage transactions per million events: fold, sweep and review, outreach | bus operations per 1,000 events | USD per million events: storage + bus |"
        );
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
    }

    public static void Write(MixResult mix)
    {
        double each = Million / mix.Events;
        var bill = mix.Bill;
        Console.WriteLine(
            $"| {mix.Name} | {mix.Events:N0} | {bill.Storage("fold") * each:N0}, {(bill.Storage("sweep") + bill.Storage("review")) * each:N0}, {bill.Storage("outreach") * each:N0} "
                + $"| {mix.BusPerThousandEvents:0.0} | {PriceList.Storage(bill.Storage() * each):0.000} + {PriceList.Bus(bill.Bus() * each):0.000} |"
        );
    }

    public static void WriteDetails(MixResult mix)
    {
        Console.WriteLine();
        Console.WriteLine($"{mix.Name}: {mix.Events:N0} events, {mix.Reviews:N0} reviews asked for");
        foreach (
            var (key, count) in mix
                .Bill.Counts.OrderBy(entry => entry.Key.Phase, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Target, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Kind)
        )
            Console.WriteLine($"  {key.Phase, -9} {key.Kind, -8} {key.Target, -12} {count, 12:N0}");
        var folds = mix.Folds;
        if (folds.AccountsChanged > 0)
            Console.WriteLine(
                $"  folds read {folds.RowsRead:N0} rows and changed {folds.RowsChanged:N0} of {folds.AccountsChanged:N0} accounts in {folds.Transactions:N0} transactions"
            );
        foreach (var (table, partition, entities) in mix.Bill.Hottest())
            Console.WriteLine($"  busiest partition of {table}: '{partition}', {entities:N0} entities");
    }

    public static void Write(MonthResult month)
    {
        double each = 1000.0 / month.Accounts;
        var bill = month.Month.Bill;
        Console.WriteLine();
        Console.WriteLine(
            $"per thousand accounts in {month.Days} days, of {month.Accounts:N0} accounts ({month.Month.Events * each:N0} events and {month.Month.Reviews * each:N0} reviews among a thousand):"
        );
        Console.WriteLine(
            $"  storage transactions {bill.Storage() * each, 10:N0}  (fold {bill.Storage("fold") * each:N0}, sweep {bill.Storage("sweep") * each:N0}, review {bill.Storage("review") * each:N0}, outreach {bill.Storage("outreach") * each:N0})  USD {PriceList.Storage(bill.Storage() * each):0.0000}"
        );
        Console.WriteLine(
            $"  bus operations       {bill.Bus() * each, 10:N0}  (usage {bill.Bus(QueueNames.Usage) * each:N0}, reviews {bill.Bus(QueueNames.Reviews) * each:N0}, outreach {bill.Bus(QueueNames.Outreach) * each:N0})  USD {PriceList.Bus(bill.Bus() * each):0.0000}"
        );
        Console.WriteLine($"  mails                {bill.Mails * each, 10:N0}  USD {bill.Mails * each * PriceList.PerMail:0.0000}");
        Console.WriteLine(
            $"  of the sweeps' transactions, {MonthOfReviews.EmptySweepsADay * month.Days:N0} are queries of {WakeIndex.Shards} shards every five minutes, however many accounts there are"
        );
        Console.WriteLine(
            $"  {month.Month.Name}: {month.Month.Reviews:N0} reviews, {(double)bill.Storage("review") / month.Month.Reviews:0.0} storage transactions each, lists included"
        );
        foreach (var reviews in new[] { month.Anew, month.Asked, month.Woken })
            Console.WriteLine(
                $"  {reviews.Name}: {reviews.Reviews:N0} reviews, {reviews.StoragePerReview:0.000} storage transactions (sweep included) and {(double)reviews.Bill.Bus(QueueNames.Reviews) / reviews.Reviews:0.000} bus operations each"
            );
    }
}
