using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Platform.Storage;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Messages.Sources;
using Signals.Testing.Storage;
using Signals.Web;

namespace Signals.Benchmarks.Pages;

/// <summary>Times every page of the built app on a filled folder, and then counts in this process what each page reads.</summary>
internal static class Measure
{
    private const string Token = "pages-pages-pages-pages";
    public const string Empty = "/healthz";
    private const double Idle = 0.05;

    /// <summary>A file may hold every account: it is no page, and is asked for a few times.</summary>
    public const string File = ".csv";
    private const int TimesAFile = 2;

    private static readonly Uri Address = new("http://127.0.0.1:5098");

    /// <summary>
    /// Addresses that no link of the start pages leads to: the account with most people, and hard questions to the lists.
    /// </summary>
    private static readonly string[] More =
    [
        "/accounts/c-000000",
        "/accounts?q=bank",
        "/accounts?q=no+such+customer",
        "/accounts?plan=enterprise&risk=watch",
    ];

    public static async Task RunAsync(string data, int requests, CancellationToken cancellationToken)
    {
        var timings = await TimeAsync(data, requests, cancellationToken);
        var reads = await CountAsync(data, timings.Select(timing => timing.Address), cancellationToken);
        double empty = timings.Single(timing => timing.Address == Empty).Percentile95;
        Console.WriteLine(
            $"\n| page | p50 ms | p95 ms | server CPU ms | p95 to that of {Empty} | KB | gets | queries | entities |\n| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
        );
        foreach (var timing in timings)
        {
            var (gets, queries, entities) = reads[timing.Address];
            Console.WriteLine(
                $"| `{timing.Address}` | {timing.Median:0.0} | {timing.Percentile95:0.0} | {timing.Cpu:0.0} | {timing.Percentile95 / empty:0} | {timing.Bytes / 1024.0:0} | {gets} | {queries} | {entities} |"
            );
        }
    }

    public static async Task<IReadOnlyList<Timing>> TimeAsync(string data, int requests, CancellationToken cancellationToken)
    {
        using var app = Start(data);
        try
        {
            await SettleAsync(app, cancellationToken);
            long before = app.WorkingSet64;
            using var visitor = await Visitor.SignInAsync(Address, Token, cancellationToken);
            var timings = new List<Timing>();
            foreach (string address in (await visitor.ExploreAsync(More, cancellationToken)).Prepend(Empty))
            {
                app.Refresh();
                var cpu = app.TotalProcessorTime;
                int times = address.Contains(File, StringComparison.Ordinal) ? TimesAFile : requests;
                var timing = await visitor.TimeAsync(address, times, cancellationToken);
                app.Refresh();
                timings.Add(timing with { Cpu = (app.TotalProcessorTime - cpu).TotalMilliseconds / (times + Visitor.WarmUps) });
                Console.Error.WriteLine($"{timing.Median, 9:0.0} {timing.Percentile95, 9:0.0}  {address}");
            }
            Console.WriteLine(
                $"{timings.Count - 1} pages, {requests} requests each, one after another. The server's memory: {Mebi(before)} MiB when idle, {Mebi(app.WorkingSet64)} MiB afterwards, {Mebi(app.PeakWorkingSet64)} MiB at most."
            );
            return timings;
        }
        finally
        {
            app.Kill(entireProcessTree: true);
            await app.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Process Start(string data)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (
            string argument in new[]
            {
                Path.Combine(AppContext.BaseDirectory, "signals.dll"),
                "serve",
                "--data",
                data,
                "--urls",
                Address.ToString(),
            }
        )
            start.ArgumentList.Add(argument);
        start.Environment["SIGNALS_API_TOKEN"] = Token;
        return Process.Start(start)!;
    }

    /// <summary>Waits until the app answers and has done what it does when it starts.</summary>
    private static async Task SettleAsync(Process app, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient { BaseAddress = Address };
        while (!await IsReadyAsync(client, cancellationToken))
            await Task.Delay(100, cancellationToken);
        Console.WriteLine($"ready after {watch.Elapsed.TotalSeconds:0.0} s");
        for (int quiet = 0; quiet < 3; )
        {
            var before = app.TotalProcessorTime;
            await Task.Delay(2000, cancellationToken);
            app.Refresh();
            quiet = (app.TotalProcessorTime - before).TotalSeconds < 2 * Idle ? quiet + 1 : 0;
        }
        Console.WriteLine(
            $"idle after {watch.Elapsed.TotalSeconds:0} s and {app.TotalProcessorTime.TotalSeconds:0} s of CPU time; {Mebi(app.PeakWorkingSet64)} MiB at most so far"
        );
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetAsync(new Uri("/readyz", UriKind.Relative), cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>What each address reads, in a host that does nothing but answer.</summary>
    private static async Task<Dictionary<string, (int Gets, int Queries, int Entities)>> CountAsync(
        string data,
        IEnumerable<string> addresses,
        CancellationToken cancellationToken
    )
    {
        var options = new LocalOptions(
            data,
            ModelFile.Read(Path.Combine(data, "model.json")),
            TemplateSource.Embedded,
            new LocalSettings(null, Token, null)
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        builder.Services.AddLocalSignals(options, TimeProvider.System);
        builder.Services.AddSingleton(provider => new CountingStore(new SqliteEntityStore(provider.GetRequiredService<SqliteDatabase>())));
        builder.Services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<CountingStore>());
        builder.Services.AddSignalsWeb(HashedWriteKeys.FromKeys(options.WriteKey), Token);
        await using var app = builder.Build();
        app.MapSignalsWeb();
        await app.StartAsync(cancellationToken);
        using var visitor = await Visitor.SignInAsync(Address, Token, cancellationToken);
        var store = app.Services.GetRequiredService<CountingStore>();
        var reads = new Dictionary<string, (int, int, int)>(StringComparer.Ordinal);
        foreach (string address in addresses)
        {
            store.Reset();
            await visitor.GetAsync(address, cancellationToken);
            reads[address] = store.Read;
        }
        await app.StopAsync(cancellationToken);
        return reads;
    }

    private static long Mebi(long bytes) => bytes / 1024 / 1024;
}
