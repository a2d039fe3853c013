using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Reviews;

namespace Signals.Local.Hosting;

/// <summary>Puts the model into force before anything is folded or reviewed.</summary>
public sealed partial class ModelActivationService(ModelActivation activation, ILogger<ModelActivationService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        int reviews = await activation.ActivateAsync(cancellationToken);
        if (reviews > 0)
            LogChanged(logger, reviews);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model changed: {Reviews} accounts are reviewed again.")]
    private static partial void LogChanged(ILogger logger, int reviews);
}
