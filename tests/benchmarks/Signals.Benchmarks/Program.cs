using System.CommandLine;
using Signals.Benchmarks;
using Signals.Benchmarks.Pages;

// dotnet run -c Release --project tests/benchmarks/Signals.Benchmarks [BENCH...]
var benches = new Dictionary<string, Func<BenchRun, CancellationToken, Task>>(StringComparer.Ordinal)
{
    [StartBench.Name] = StartBench.RunAsync,
    [ReplayBench.Name] = ReplayBench.RunAsync,
    [DemoBench.Name] = DemoBench.RunAsync,
    [IngestBench.Name] = IngestBench.RunAsync,
    [TrackBench.Name] = TrackBench.RunAsync,
    [FoldBench.Name] = FoldBench.RunAsync,
    [ReviewBench.Name] = ReviewBench.RunAsync,
    [SendBench.Name] = SendBench.RunAsync,
    [HelpBench.Name] = HelpBench.RunAsync,
    [PagesBench.Name] = PagesBench.RunAsync,
    [OverloadBench.Name] = OverloadBench.RunAsync,
    [MemoryBench.Name] = MemoryBench.RunAsync,
};

var names = new Argument<string[]>("bench")
{
    Description = $"Which: {string.Join(", ", benches.Keys)}. All of them where none is given.",
    Arity = ArgumentArity.ZeroOrMore,
};
names.AcceptOnlyFromAmong([.. benches.Keys]);
var json = new Option<string?>("--json") { Description = "A file for the figures." };
var isLong = new Option<bool>("--long")
{
    Description = "The sizes that take an hour: ten million events, a million accounts, ten minutes of load.",
};
var filled = new Option<string?>("--filled") { Description = "A folder that fill made, for the pages." };
var root = new RootCommand("Measures the app beside what it can't be cheaper than, in one run: ratios hold on any machine.")
{
    names,
    json,
    isLong,
    filled,
};
root.SetAction(
    async (parsed, cancellationToken) =>
    {
        string[] asked = parsed.GetValue(names) is { Length: > 0 } some ? some : [.. benches.Keys];
        using var run = new BenchRun(parsed.GetValue(isLong), parsed.GetValue(filled));
        foreach (string name in asked)
            await benches[name](run, cancellationToken);
        run.Print(Console.Out);
        if (parsed.GetValue(json) is { } file)
            run.WriteJson(file);
    }
);

var data = new Option<string>("--data") { Description = "The data folder.", Required = true };
var model = new Option<string>("--model") { Description = "The model of Nimbus.", DefaultValueFactory = _ => SampleModel.Path };
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

var urls = new Option<string>("--urls") { Required = true };
var floor = new Command("floor", "Serves what reads, tokenizes and discards.") { urls };
floor.Hidden = true;
floor.SetAction(parsed => FloorServer.RunAsync(parsed.GetValue(urls)!));

root.Add(fill);
root.Add(finish);
root.Add(time);
root.Add(floor);
return await root.Parse(args).InvokeAsync();
