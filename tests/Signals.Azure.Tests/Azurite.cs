using Signals.Azure.Settings;
using Signals.Azure.Storage;
using Signals.Azure.Tests;
using Signals.Core.Platform.Storage;
using Signals.Testing.Storage;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Signals.Azure.Tests;

/// <summary>
/// The table service that the tests speak to: the account in SIGNALS_AZURITE, else an Azurite at its usual port, else one that is started
/// here from the npm package in tests/clients. Looked for when the first test asks.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private const int UsualPort = 10002;

    private readonly Lazy<Task<string?>> _connection;

    private AzuriteProcess? _process;

    public Azurite() => _connection = new Lazy<Task<string?>>(FindAsync);

    /// <summary>The connection string; skips the test when there is no table service.</summary>
    public async Task<string> ConnectionAsync()
    {
        string? connection = await _connection.Value;
        Assert.SkipWhen(
            connection is null,
            "There is no Azurite: set SIGNALS_AZURITE to its connection string, start it on port 10002, or run 'npm install --no-save' in tests/clients."
        );
        return connection!;
    }

    /// <summary>A store as a process of its own would open it.</summary>
    public async Task<IEntityStore> OpenStoreAsync() =>
        new TableEntityStore(TableClients.Create(new ServiceAccess(await ConnectionAsync())));

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> FindAsync()
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_AZURITE") is { Length: > 0 } connection)
            return connection;
        if (await AzuriteProcess.AnswersAsync(UsualPort))
            return AzuriteProcess.ConnectionTo(UsualPort);
        if (!AzuriteProcess.IsInstalled)
            return null;
        _process = await AzuriteProcess.StartAsync();
        return AzuriteProcess.ConnectionTo(_process.Port);
    }
}
