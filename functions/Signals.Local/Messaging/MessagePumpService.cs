using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Local.Storage;

namespace Signals.Local.Messaging;

/// <summary>
/// Runs a pump for every registered handler; the one that folds gives way to requests (<see cref="IntakeLull"/>). Stopping lets them finish
/// what is in hand for as long as the host allows.
/// </summary>
public sealed class MessagePumpService(
    SqliteMessageQueue queue,
    IEnumerable<IMessageHandler> handlers,
    MessagePumpOptions options,
    IntakeLull lull,
    TimeProvider clock,
    ILogger<MessagePump> logger
) : BackgroundService
{
    private readonly CancellationTokenSource _abort = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(_abort.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(handlers.Select(handler => PumpOf(handler).RunAsync(stoppingToken, _abort.Token)));

    private MessagePump PumpOf(IMessageHandler handler) =>
        new(queue, handler, options, clock, logger, handler.Queue == QueueNames.Usage ? lull.WaitAsync : null);
}

public static class MessagePumpExtensions
{
    /// <summary>Runs every registered <see cref="IMessageHandler"/> over its queue while the host runs.</summary>
    public static IServiceCollection AddMessagePumps(this IServiceCollection services, Action<MessagePumpOptions>? configure = null)
    {
        var options = new MessagePumpOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        return services.AddHostedService<MessagePumpService>();
    }
}
