using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Opening;

namespace Signals.Web.Health;

/// <summary>
/// Ends the start of a host whose data must not be opened, before any other service touches it. A store that cannot be reached now ends
/// nothing: whoever needs it waits for it too.
/// </summary>
internal sealed partial class StateGuardService(StateGuard guard, ILogger<StateGuardService> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await guard.CheckAsync(cancellationToken);
        }
        catch (StateRefusedException refusal)
        {
            LogRefused(logger, refusal.Message);
            throw;
        }
        catch (TransientStoreException fault)
        {
            LogUnreached(logger, fault);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Critical, Message = "The data is not opened. {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The store cannot be reached at the start; whether this version may open it was not looked at."
    )]
    private static partial void LogUnreached(ILogger logger, Exception fault);
}
