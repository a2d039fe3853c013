using System.CommandLine;
using Signals.Cost;
using Signals.Testing.Cost;

var accounts = new Option<int>("--accounts") { Description = "Accounts under review for a month.", DefaultValueFactory = _ => 10_000 };
var days = new Option<int>("--days") { Description = "Days of that month that are played.", DefaultValueFactory = _ => 30 };
var seconds = new Option<int>("--seconds")
{
    Description = "How long the online mixes run, in seconds of their own clock.",
    DefaultValueFactory = _ => 600,
};
var details = new Option<bool>("--details") { Description = "Also prints every count, and the busiest partition of each table." };
var root = new RootCommand(
    "Counts what traffic costs on Azure: storage transactions, bus operations, mails, and money by the list prices in docs/cost.md."
)
{
    accounts,
    days,
    seconds,
    details,
};
root.SetAction(async parsed =>
{
    var duration = TimeSpan.FromSeconds(parsed.GetValue(seconds));
    MixResult[] mixes =
    [
        await TrafficMixes.SinglesAsync(duration),
        await TrafficMixes.SdkBatchesAsync(duration),
        await TrafficMixes.ServerBatchesAsync(duration),
        await TrafficMixes.ImportAsync(accounts: 1000),
    ];
    Report.WriteHeader();
    foreach (var mix in mixes)
        Report.Write(mix);
    var month = await MonthOfReviews.PlayAsync(
        parsed.GetValue(accounts),
        parsed.GetValue(days),
        day => Console.Error.Write($"\rday {day}")
    );
    Report.Write(month);
    if (!parsed.GetValue(details))
        return;
    foreach (var mix in (MixResult[])[.. mixes, month.Month, month.Anew, month.Asked, month.Woken])
        Report.WriteDetails(mix);
});
return await root.Parse(args).InvokeAsync();
