using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signals.Azure.Messaging;
using Signals.Core.Platform.Messaging;

namespace Signals.Testing.QueueTriggers;

/// <summary>
/// One reader a queue: takes a batch as large as host.json's, hands it to the same handler as the triggers do, and takes the next one when
/// it is settled. As the app stops, the batch that is being handled is told so, and the app waits until it is given back.
/// </summary>
internal sealed class QueueReaders(ServiceBusClient client, DeliveryHandler handler) : IDisposable
{
    /// <summary>host.json's maxMessageBatchSize.</summary>
    private const int BatchSize = 64;

    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    public static void AddTo(IServiceProvider services)
    {
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        QueueReaders? readers = null;
        lifetime.ApplicationStarted.Register(() =>
        {
            readers = new QueueReaders(services.GetRequiredService<ServiceBusClient>(), services.GetRequiredService<DeliveryHandler>());
            readers._reading = Task.WhenAll(QueueNames.All.Select(queue => Task.Run(() => readers.ReadAsync(queue))));
        });
        // The app goes on stopping when this returns.
        lifetime.ApplicationStopping.Register(() => readers?.Dispose());
    }

    private async Task ReadAsync(string queue)
    {
        await using var receiver = client.CreateReceiver(queue);
        var actions = new ReceiverActions(receiver);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // Not ended by a stop: what is on its way by then would stay locked, and is handed on to be given back.
                var batch = await receiver.ReceiveMessagesAsync(BatchSize, ReceiveWait);
                if (batch.Count > 0)
                    await handler.HandleAsync(queue, batch, actions, _stop.Token);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // As the host's own listener: said, and tried again.
                await Console.Error.WriteLineAsync($"The reader of '{queue}' failed: {fault.Message}");
                await Task.Delay(ReceiveWait);
            }
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _reading.GetAwaiter().GetResult();
        _stop.Dispose();
    }
}
