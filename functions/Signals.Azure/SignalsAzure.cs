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
using Signals.Core.Response.Outreach;
using Signals.Smtp;

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
        AddMail(services, settings);
        services.AddSingleton<EmbeddedTextAnalyzer>();
        services.AddSingleton<ITextAnalyzer>(provider => provider.GetRequiredService<EmbeddedTextAnalyzer>());
        return services;
    }

    /// <summary>What carries mails: SendGrid, an SMTP server, or nothing while neither is set.</summary>
    private static void AddMail(IServiceCollection services, AzureSettings settings)
    {
        if (settings.Smtp is { } smtp)
        {
            // A mail that is handed over slowly is not to be taken for one whose worker died.
            services.AddSingleton(new OutreachOptions { WorkerTimeout = smtp.LongestSend });
            services.AddSingleton(smtp);
            services.AddSingleton<IEmailSender, SmtpEmailSender>();
        }
        else if (settings.SendGrid is { } sendGrid)
        {
            services.AddSingleton(sendGrid);
            services.AddSingleton(_ => SendGridClients.Create(sendGrid));
            services.AddSingleton<IEmailSender, SendGridEmailSender>();
        }
        else
        {
            services.AddSingleton<IEmailSender, MissingEmailSender>();
        }
    }
}
