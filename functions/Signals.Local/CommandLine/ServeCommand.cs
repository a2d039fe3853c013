using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signals.Core.Processing.Opening;
using Signals.Core.Response.Mail;
using Signals.Local.Hosting;
using Signals.Local.Import;
using Signals.Local.Storage;
using Signals.Messages.Sources;
using Signals.Web.Dashboard.Access;
using Signals.Web.Ingestion;

namespace Signals.Local.CommandLine;

/// <summary><c>signals serve</c>: the whole app on one machine.</summary>
public static class ServeCommand
{
    public const string Name = "serve";
    public const string DefaultUrls = "http://127.0.0.1:5080";
    public const string DefaultData = "signals-data";

    /// <summary>What the model is called in the data folder.</summary>
    public const string ModelFileName = "model.json";

    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons.",
            DefaultValueFactory = _ => DefaultUrls,
        };
        var data = new Option<string>("--data")
        {
            Description = "The folder that holds everything: database, keys, outbox.",
            DefaultValueFactory = _ => DefaultData,
        };
        var model = new Option<string?>("--model")
        {
            Description = "The value model, a JSON file; model.json in the data folder where it is not given.",
        };
        var requests = new Option<bool>("--log-requests")
        {
            Description = "Prints a line for each request: time, route, answer, duration.",
        };
        var command = new Command(Name, "Runs the whole app on this machine (the default).") { urls, data, model, requests };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetValue(urls)!,
                    parsed.GetValue(data)!,
                    parsed.GetValue(model),
                    parsed.GetValue(requests),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string urls,
        string data,
        string? modelPath,
        bool logRequests,
        CancellationToken cancellationToken
    )
    {
        ListenAddresses.Check(urls);
        modelPath ??= Path.Combine(data, ModelFileName);
        if (!File.Exists(modelPath) && !Directory.Exists(modelPath))
            throw new UsageException(
                $"no value model at {modelPath}; name one with --model FILE (samples/nimbus.json is one to start from), or try: signals "
                    + "demo"
            );
        var options = new LocalOptions(
            data,
            ModelFile.Read(modelPath),
            ModelFile.Templates(modelPath),
            LocalSettings.FromEnvironment(Environment.GetEnvironmentVariable)
        )
        {
            Library = BrowserLibrary.Beside(modelPath),
            LogRequests = logRequests,
        };
        PrivateFiles.Folder(data);
        await using var app = LocalHost.Build(options, urls);
        return await ServeAsync(app, options, cancellationToken, urls: urls);
    }

    /// <summary>
    /// Starts the app, says where it is, and runs until it is stopped. Returns what the command ends with: <see cref="ExitCodes.Failed"/>
    /// when it was a fault that stopped it, so that whoever watches the process starts it again.
    /// </summary>
    /// <param name="app">What is served.</param>
    /// <param name="options">What it runs with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="errors">Where it is told what stopped it.</param>
    /// <param name="urls">Where it listens, for who is told that it cannot.</param>
    /// <param name="signIn">A sign-in link's path that was shown before (<see cref="SignInLinks.NewPath"/>); null for a new one.</param>
    public static async Task<int> ServeAsync(
        WebApplication app,
        LocalOptions options,
        CancellationToken cancellationToken,
        TextWriter? errors = null,
        string urls = DefaultUrls,
        string? signIn = null
    )
    {
        errors ??= Console.Error;
        signIn ??= SignInLinks.NewPath();
        // Asked here as well as by the host: a refusal is one line, and not a fault of the host's with its trace.
        await app.Services.GetRequiredService<StateGuard>().CheckAsync(cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (ListenAddresses.Refusal(fault, urls) is { } refusal)
        {
            throw new UsageException(refusal);
        }
        catch (OperationCanceledException) when (FatalFault(app) is { } early)
        {
            return await FailAsync(early, errors);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to stop while it started.
            return ExitCodes.Ok;
        }
        string url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var address = app.Services.GetRequiredService<PublicAddress>();
        address.Url = (options.Model.Outreach.PublicUrl ?? url).TrimEnd('/');
        app.Services.GetRequiredService<SignInLinks>().Accept(signIn);
        Console.WriteLine(
            $"""
            Signals for {options.Model.Product} is running ({(
                options.Model.Outreach.Mode == Core.Model.OutreachMode.Live ? "live" : "dry-run: nothing is sent"
            )}).

              Dashboard  {url}{signIn}
              Write key  {Told(options.Settings.WriteKey, "SIGNALS_WRITE_KEY", options.WriteKey)}
              for pages  {Told(options.Settings.BrowserWriteKey, "SIGNALS_BROWSER_WRITE_KEY", options.BrowserWriteKey)}
              API token  {Told(options.Settings.ApiToken, "SIGNALS_API_TOKEN", options.ApiToken)}
              Data       {Path.GetFullPath(options.DataFolder)}
              Mail       {(options.Settings.Smtp is { } smtp ? smtp.ToString() : Path.GetFullPath(options.OutboxFolder))}{(
                options.Settings.Sandbox.IsOn ? $", all to {options.Settings.Sandbox.Address}" : ""
            )}

            Post events to {url}/v1/batch; stop with Ctrl+C.
            """
        );
        using var announced = RunningApp.Announce(options.DataFolder, url);
        await app.WaitForShutdownAsync(cancellationToken);
        return FatalFault(app) is { } fatal ? await FailAsync(fatal, errors) : ExitCodes.Ok;
    }

    /// <summary>The folder's own key, which nobody knows otherwise; one that was given is known, and this may end in a log.</summary>
    private static string Told(string? given, string variable, string ours) => given is null ? ours : $"as {variable} says";

    /// <summary>What ended one of the services that run as long as the host does, and the host with it.</summary>
    private static Exception? FatalFault(WebApplication app) =>
        app
            .Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Select(service => service.ExecuteTask)
            .FirstOrDefault(task => task is { IsFaulted: true })
            ?.Exception?.InnerException;

    private static async Task<int> FailAsync(Exception fault, TextWriter errors)
    {
        await errors.WriteLineAsync($"signals: stopped by a fault: {fault.Message}");
        return ExitCodes.Failed;
    }
}
