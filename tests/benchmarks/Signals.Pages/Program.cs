using System.CommandLine;
using Signals.Pages;

var data = new Option<string>("--data") { Description = "The data folder.", Required = true };
var model = new Option<string>("--model")
{
    Description = "The model of Nimbus.",
    DefaultValueFactory = _ => Path.Combine("samples", "nimbus.json"),
};
var accounts = new Option<int>("--accounts")
{
    Description = "How many accounts, of ten people each on average.",
    DefaultValueFactory = _ => 100_000,
};
var fill = new Command("fill", "Fills a new data folder through the app's own fold, reviews, sends and passes.") { data, model, accounts };
fill.SetAction(
    async (parsed, cancellationToken) =>
    {
        await using var filling = new Fill(parsed.GetValue(data)!, parsed.GetValue(model)!, parsed.GetValue(accounts));
        await filling.RunAsync(cancellationToken);
    }
);

var finish = new Command("finish", "Brings a folder to the present: does what became due since it was filled, and the daily passes.")
{
    data,
    model,
    accounts,
};
finish.SetAction(
    async (parsed, cancellationToken) =>
    {
        await using var filling = new Fill(parsed.GetValue(data)!, parsed.GetValue(model)!, parsed.GetValue(accounts));
        await filling.FinishAsync(cancellationToken);
    }
);

var requests = new Option<int>("--requests") { Description = "How often each page is asked for.", DefaultValueFactory = _ => 60 };
var time = new Command("time", "Starts the built app on a filled folder and times every page; then counts what each reads.")
{
    data,
    requests,
};
time.SetAction((parsed, cancellationToken) => Measure.RunAsync(parsed.GetValue(data)!, parsed.GetValue(requests), cancellationToken));

return await new RootCommand("Measures the dashboard's pages on many accounts.") { fill, finish, time }
    .Parse(args)
    .InvokeAsync();
