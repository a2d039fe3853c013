using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Signals.Azure.Mail;
using Signals.Azure.Messaging;
using Signals.Azure.Settings;
using Signals.Azure.Storage;
using Signals.Azure.Text;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;

namespace Signals.Azure;

public static class SignalsAzure
{
    /// <summary>
    /// The ports on Azure: <see cref="IEntityStore"/>, <see cref="IMessageQueue"/>, <see cref="IEmailSender"/> and <see cref="ITextAnalyzer"/>; and what a Service Bus
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
        services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        services.AddSingleton<IEntityStore>(_ => new TableEntityStore(TableClients.Create(settings.Tables)));
        AddMail(services, settings.SendGrid);
        AddText(services, settings.Language);
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

    private static void AddText(IServiceCollection services, LanguageSettings? settings)
    {
        services.AddSingleton<EmbeddedTextAnalyzer>();
        if (settings is null)
        {
            services.AddSingleton<ITextAnalyzer>(provider => provider.GetRequiredService<EmbeddedTextAnalyzer>());
            return;
        }
        services.AddSingleton<ITextAnalyzer>(provider => new LanguageTextAnalyzer(
            LanguageClients.Create(settings), provider.GetRequiredService<EmbeddedTextAnalyzer>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LanguageTextAnalyzer>>()));
    }
}
