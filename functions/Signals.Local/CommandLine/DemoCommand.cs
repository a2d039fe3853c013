using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Signals.Local.Demo;
using Signals.Local.Hosting;
using Signals.Messages.Sources;
using Signals.Web.Dashboard.Access;
using Spectre.Console;

namespace Signals.Local.CommandLine;

/// <summary><c>signals demo</c>: serves a data folder that was filled with a story of 90 days.</summary>
public static class DemoCommand
{
    public const string Name = "demo";

    /// <param name="clock">When the story ends.</param>
    /// <param name="also">What else the app is made of while the story is played: tests look on.</param>
    public static Command Create(TimeProvider clock, Action<IServiceCollection>? also = null)
    {
        var once = new Option<bool>("--once") { Description = "Print the summary and end, without a server." };
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons.",
            DefaultValueFactory = _ => ServeCommand.DefaultUrls,
        };
        var data = new Option<string?>("--data")
        {
            Description = "A folder to fill and keep, empty or absent; a temporary one where it is not given.",
        };
        var command = new Command(Name, "Serves a story of 90 days of a few hundred customers.") { once, urls, data };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetValue(once),
                    parsed.GetValue(urls)!,
                    parsed.GetValue(data),
                    parsed.InvocationConfiguration.Output,
                    clock,
                    also,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        bool once,
        string urls,
        string? data,
        TextWriter output,
        TimeProvider clock,
        Action<IServiceCollection>? also,
        CancellationToken cancellationToken
    )
    {
        ListenAddresses.Check(urls);
        // The people of the story are invented: their mail stays in the outbox folder, whatever server the environment names.
        var settings = LocalSettings.FromEnvironment(Environment.GetEnvironmentVariable) with
        {
            Smtp = null,
        };
        using var folder = DemoFolder.Open(data);
        var options = new LocalOptions(folder.Path, DemoModel.Read(), TemplateSource.Embedded, settings);
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "model.json"), DemoModel.Json(), cancellationToken);

        DemoSummary summary;
        string signIn = SignInLinks.NewPath();
        try
        {
            await using var server = once ? null : await WaitAtAsync(options, urls, cancellationToken);
            // With port 0 the system chooses, and may choose another one then.
            if (server is not null && !PublicUrl(urls).EndsWith(":0", StringComparison.Ordinal))
                await output.WriteLineAsync($"Open {PublicUrl(urls)}{signIn}");
            summary = await PlayAsync(options, PublicUrl(urls), output, clock, also, played => server?.Played = played, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Failed;
        }
        await output.WriteLineAsync($"\nThe story of {options.Model.Product}, {DemoStory.Length} days until now:\n");
        await output.WriteLineAsync(DemoSummaryText.Of(summary));
        await output.WriteLineAsync(WhereToLook(folder, options, summary, once ? null : PublicUrl(urls)));
        if (once)
            return ExitCodes.Ok;
        await using var app = LocalHost.Build(options, urls);
        return await ServeCommand.ServeAsync(app, options, cancellationToken, urls: urls, signIn: signIn);
    }

    /// <summary>Answers where the app will be; an address that cannot be had is told before the story is.</summary>
    private static async Task<StoryServer> WaitAtAsync(LocalOptions options, string urls, CancellationToken cancellationToken)
    {
        try
        {
            return await StoryServer.StartAsync(options, urls, cancellationToken);
        }
        catch (Exception fault) when (ListenAddresses.Refusal(fault, urls) is { } refusal)
        {
            throw new UsageException(refusal);
        }
    }

    private static async Task<DemoSummary> PlayAsync(
        LocalOptions options,
        string publicUrl,
        TextWriter output,
        TimeProvider clock,
        Action<IServiceCollection>? also,
        Action<int> told,
        CancellationToken cancellationToken
    )
    {
        var story = new DemoStory(options.Model, StoryClock.LastDay(clock.GetUtcNow()));
        await using var player = new StoryPlayer(story, options, publicUrl, also);
        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
        {
            await AnsiConsole
                .Progress()
                .StartAsync(async progress =>
                {
                    var days = progress.AddTask($"{DemoStory.Length} days of {options.Model.Product}", maxValue: DemoStory.Length);
                    await player.PlayAsync(
                        played =>
                        {
                            days.Value = played;
                            told(played);
                        },
                        cancellationToken
                    );
                });
        }
        else
        {
            await output.WriteLineAsync($"Playing {DemoStory.Length} days of {options.Model.Product} ...");
            await player.PlayAsync(told, cancellationToken);
        }
        return await DemoSummaryReader.ReadAsync(player.Services, cancellationToken);
    }

    /// <param name="folder">Where the data is.</param>
    /// <param name="options">What the app runs with.</param>
    /// <param name="summary">What the data holds.</param>
    /// <param name="url">Where the app will be; null when it ends now.</param>
    private static string WhereToLook(DemoFolder folder, LocalOptions options, DemoSummary summary, string? url)
    {
        string telling = summary.MostTelling is { } account
            ? $"  Open first  {account.Name}, account {account.Id}{(url is null ? "" : $": {url}/accounts/{account.Id}")}\n"
            : "";
        if (!folder.IsTemporary)
            return $"{telling}  Mails       {options.OutboxFolder}\n  Data        {folder.Path}; go on with: signals serve --data "
                + $"{folder.Path}\n";
        return url is null
            ? $"{telling}  Data        was temporary and is gone; keep it with --data DIR\n"
            : $"{telling}  Mails       {options.OutboxFolder}\n  Data        {folder.Path}, deleted when the demo stops; keep it with "
                + "--data DIR\n";
    }

    /// <summary>Where a browser on this machine reaches the first of the addresses.</summary>
    private static string PublicUrl(string urls) =>
        urls.Split(';')[0]
            .TrimEnd('/')
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal);
}
