using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Storage;
using Signals.Local.CommandLine;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Messages.Sources;
using Signals.Testing;
using Signals.Web;

namespace Signals.Local.Tests.Hosting;

/// <summary>What the process ends with, so that whoever watches it knows whether to start it again.</summary>
public sealed class FatalFaultTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("signals-fatal-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_a_fault_ends_says_so_with_its_exit_code()
    {
        await using var app = Build(new Dying());

        Assert.Equal(ExitCodes.Failed, await ServeCommand.ServeAsync(app, Options(), Cancellation));
    }

    [Fact]
    public async Task A_database_that_turns_out_damaged_ends_the_host_with_a_sentence_that_says_what_to_do()
    {
        await using var app = LocalHost.Build(Options(), "http://127.0.0.1:0");
        await using var errors = new StringWriter();
        var served = ServeCommand.ServeAsync(app, Options(), Cancellation, errors);
        var running = new TaskCompletionSource();
        await using var started = app.Lifetime.ApplicationStarted.Register(running.SetResult);
        await Task.WhenAny(running.Task, served);
        var store = app.Services.GetRequiredService<IEntityStore>();
        await store.CommitAsync("accounts", "g_a", [EntityOperation.Insert(new Entity("g_a", "account"))], Cancellation);

        Damage(Path.Combine(_data, SqliteDatabase.FileName), keptBytes: 8192);
        Damage(Path.Combine(_data, SqliteDatabase.FileName + "-wal"), keptBytes: 32);
        await Assert.ThrowsAsync<TransientStoreException>(async () => await store.GetAsync("accounts", "g_a", "account", Cancellation));

        Assert.Equal(ExitCodes.Failed, await served);
        string said = errors.ToString();
        Assert.StartsWith("signals: stopped by a fault: Cannot use '", said, StringComparison.Ordinal);
        Assert.Matches("found a (damaged database|file that is not a SQLite database)", said);
        Assert.Contains("restore it from a backup or choose another data folder", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_asked_to_stop_ends_well()
    {
        await using var app = Build(null);
        var served = ServeCommand.ServeAsync(app, Options(), Cancellation);
        app.Lifetime.StopApplication();

        Assert.Equal(ExitCodes.Ok, await served);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static void Damage(string file, int keptBytes)
    {
        using var bytes = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        bytes.Position = keptBytes;
        byte[] damage = new byte[bytes.Length - keptBytes];
        Array.Fill(damage, byte.MaxValue);
        bytes.Write(damage);
    }

    private LocalOptions Options() =>
        new(
            _data,
            ValueModelReader.ReadFile(Path.Combine(Repository.Root, "samples", "nimbus.json"), CauseCatalogue.All).Model!,
            TemplateSource.Embedded,
            LocalSettings.FromEnvironment(_ => null)
        );

    private WebApplication Build(BackgroundService? service)
    {
        var options = Options();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddLocalSignals(options, TimeProvider.System);
        builder.Services.AddSignalsWeb(HashedWriteKeys.FromKeys(options.WriteKey), options.ApiToken);
        if (service is not null)
            builder.Services.AddSingleton<IHostedService>(service);
        var app = builder.Build();
        app.MapSignalsWeb();
        return app;
    }

    private sealed class Dying : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("The disk is gone.");
        }
    }
}
