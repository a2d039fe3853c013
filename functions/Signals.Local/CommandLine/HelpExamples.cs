using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Signals.Local.CommandLine;

/// <summary>Examples under the help of each command: what is typed most, whole.</summary>
internal sealed class HelpExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["signals"] = ["signals demo", "signals check model.json", "signals serve --model model.json --data ./signals-data"],
        ["serve"] =
        [
            "signals serve --model model.json --data ./signals-data",
            "signals serve --urls http://0.0.0.0:8080 --log-requests",
            "SIGNALS_SMTP_HOST=smtp.example signals serve --model model.json",
        ],
        ["demo"] = ["signals demo", "signals demo --data ./nimbus", "signals demo --once"],
        ["import"] =
        [
            "signals import events.ndjson.gz --data ./signals-data --model model.json",
            "signals import orders.csv --map \"userId=Customer,event:=Order Paid,timestamp=Paid at\"",
            "signals import exports/ --to https://signals.example --key WRITE_KEY",
        ],
        ["init"] =
        [
            "signals init",
            "signals init --product Nimbus --accounts group --value \"Call Ended:seconds\" --value \"Report Shared:3\" --churn Cancelled",
        ],
        ["infer"] = ["signals infer events.ndjson.gz --product Nimbus --out model.json", "signals infer --data ./signals-data --out -"],
        ["backtest"] =
        [
            "signals backtest events.ndjson.gz --model model.json --html report.html",
            "signals backtest events.ndjson --model model.json --csv > accounts.csv",
        ],
        ["calibrate"] = ["signals calibrate events.ndjson.gz --model model.json --out model.json"],
        ["measure"] = ["signals measure sets.json"],
        ["check"] = ["signals check model.json", "signals check model.json --events events.ndjson.gz"],
        ["preview"] = ["signals preview model.json friction --locale fr", "signals preview model.json usage-drop --html mail.html"],
        ["doors"] = ["signals doors try stripe --payload event.json --model model.json"],
        ["doors try"] = ["signals doors try stripe --payload event.json --model model.json"],
        ["doctor"] =
        [
            "signals doctor --data ./signals-data",
            "signals doctor --data ./signals-data --mail-to me@example.com --chat",
            "signals doctor --model model.json --offline",
        ],
        ["suppressions"] = ["signals suppressions import unsubscribed.csv --data ./signals-data"],
        ["suppressions import"] = ["signals suppressions import unsubscribed.csv --data ./signals-data"],
        ["tokens"] = ["TOKEN=$(signals tokens create ci-export --role reader --data ./signals-data)"],
        ["users"] = ["signals users add amelie@company.example --name \"Amélie Durand\" --role manager --data ./signals-data"],
        ["people"] = ["signals people export ann@customer.example -o ann.json --data ./signals-data"],
        ["accounts"] = ["signals accounts export acme -o acme.json --data ./signals-data"],
        ["completion"] = ["source <(signals completion bash)", "signals completion zsh > ~/.zfunc/_signals"],
    };

    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        if (option.Action is HelpAction usual)
            option.Action = new HelpExamples(usual);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        if (Examples.GetValueOrDefault(command is RootCommand ? "signals" : Path(parseResult.CommandResult)) is not { } examples)
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
        foreach (string example in examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return code;
    }

    /// <summary>The verbs as they are typed: <c>suppressions import</c>.</summary>
    private static string Path(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
