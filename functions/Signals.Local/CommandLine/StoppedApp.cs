using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Processing.Opening;
using Signals.Local.Hosting;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary>The app's services over a data folder, for a command that needs more than its rows; nothing of the app runs.</summary>
internal sealed class StoppedApp : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StoppedApp(ServiceProvider services) => _services = services;

    /// <summary>
    /// Throws <see cref="UsageException"/> where there is no folder or model, and what refuses a folder that may not be opened.
    /// </summary>
    public static async Task<StoppedApp> OpenAsync(
        string folder,
        string? modelPath,
        TimeProvider clock,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? more = null
    )
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"--data: found no folder {folder}, expected the data folder of the app");
        modelPath ??= Path.Combine(folder, ServeCommand.ModelFileName);
        if (!File.Exists(modelPath))
            throw new UsageException($"--model: found no file {modelPath}, expected the app's value model");
        var options = new LocalOptions(
            folder,
            ModelFile.Read(modelPath),
            ModelFile.Templates(modelPath),
            LocalSettings.FromEnvironment(Environment.GetEnvironmentVariable)
        );
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLocalSignals(options, clock);
        more?.Invoke(services);
        var opened = new StoppedApp(services.BuildServiceProvider());
        try
        {
            await opened.Get<StateGuard>().CheckAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Services that need no folder.</summary>
    public static StoppedApp Of(IServiceCollection services)
    {
        services.AddLogging();
        return new StoppedApp(services.BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IServiceProvider Services => _services;

    public IEnumerable<T> GetAll<T>() => _services.GetServices<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
