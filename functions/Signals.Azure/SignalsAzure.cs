using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Azure.Mail;
using Signals.Azure.Messaging;
using Signals.Azure.Settings;
using Signals.Azure.Storage;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;

namespace Signals.Azure;

public static class SignalsAzure
{
    /// <summary>
    /// The ports on Azure: <see cref="IEntityStore"/>, <see cref="IMessageQueue"/>, <see cref="IEmailSender"/> and
    /// <see cref="ITextAnalyzer"/>; and what a Service Bus
    /// trigger hands its batch to, <see cref="DeliveryHandler"/>. The host may bring a TimeProvider and <see cref="MessageQueueOptions"/>
    /// of its own.
    /// Nothing is reached before it is used.
    /// </summary>
    public static IServiceCollection AddSignalsAzure(this IServiceCollection services, AzureSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new MessageQueueOptions());
        services.AddSingleton(_ => ServiceBusClients.Create(settings.ServiceBus));
        services.AddSingleton<ServiceBusSenders>();
        services.AddSingleton<ServiceBusSettler>();
        services.AddSingleton<DeliveryHandler>();
        services.AddSingleton<IMessageQueue, ServiceBusMessageQueue>();
        services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        services.AddSingleton(_ => new TableEntityStore(TableClients.Create(settings.Tables)));
        services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<TableEntityStore>());
        services.AddSingleton<IEntityScan>(provider => provider.GetRequiredService<TableEntityStore>());
        AddMail(services, settings.SendGrid);
        services.AddSingleton<EmbeddedTextAnalyzer>();
        services.AddSingleton<ITextAnalyzer>(provider => provider.GetRequiredService<EmbeddedTextAnalyzer>());
        return services;
    }

    private static void AddMail(IServiceCollection services, SendGridSettings? settings)
    {
        if (settings is null)
        {
            services.AddSingleton<IEmailSender, MissingEmailSender>();
            return;
        }
        services.AddSingleton(settings);
        services.AddSingleton(_ => SendGridClients.Create(settings));
        services.AddSingleton<IEmailSender, SendGridEmailSender>();
    }
}
