using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Azure.Messaging;
using Signals.Azure.Settings;
using Signals.Core.Messaging;

namespace Signals.Azure;

public static class SignalsAzure
{
    /// <summary>
    /// The ports on Azure: <c>IEntityStore</c>, <see cref="IMessageQueue"/>, <c>IEmailSender</c> and <c>ITextAnalyzer</c>; and what a Service Bus
    /// trigger settles with, <see cref="ServiceBusSettler"/>. The host may bring a TimeProvider and <see cref="MessageQueueOptions"/> of its own.
    /// Nothing is reached before it is used.
    /// </summary>
    public static IServiceCollection AddSignalsAzure(this IServiceCollection services, AzureSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new MessageQueueOptions());
        services.AddSingleton(_ => ServiceBusClients.Create(settings.ServiceBus));
        services.AddSingleton<ServiceBusSenders>();
        services.AddSingleton<ServiceBusSettler>();
        services.AddSingleton<IMessageQueue, ServiceBusMessageQueue>();
        return services;
    }
}
