using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signals.Azure;
using Signals.Azure.Settings;
using Signals.Core;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Functions.Http;
using Signals.Holidays;
using Signals.Messages.Rendering;
using Signals.Web;
using Signals.Web.Alerts;
using Signals.Web.Dashboard.Access;

namespace Signals.Functions.Hosting;

/// <summary>The function app: the handlers and the web face that every host runs, on the Azure adapters.</summary>
public static partial class SignalsApp
{
    /// <summary>Builds the worker from the app's settings.</summary>
    /// <exception cref="InvalidSettingsException">Lists every setting that is missing or cannot be used.</exception>
    public static IHost Create(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        var unresolved = KeyVaultReferences.Resolve(builder.Configuration);
        builder.Services.AddSignals(AppSettings.Read(builder.Configuration, AppContext.BaseDirectory, unresolved));
        builder.Services.AddSignalsTelemetry(builder.Configuration);
        return builder.Build();
    }

    public static IServiceCollection AddSignals(this IServiceCollection services, AppSettings settings)
    {
        services.AddSignalsAzure(settings.Azure);
        if (settings.Azure.Language is { } language)
            UseLanguage(services, language);
        services.AddSignalsCore(settings.Model);
        services.AddSingleton(settings.RecipientKey);
        services.AddSingleton(settings.LinkKeys);
        services.AddSingleton(new PublicAddress(settings.PublicUrl));
        var renderer = new HandlebarsMessageRenderer(settings.Templates, settings.Model.Locales);
        services.AddSingleton<IMessageRenderer>(renderer);
        services.AddSingleton<ICardRenderer>(renderer);
        services.AddSingleton<IPublicHolidays>(new PublicHolidays());
        services.AddSingleton(settings.WebhookSignature);
        services.AddSingleton(settings.Proxies);
        services.AddSingleton(settings.EventsPath);
        services.AddSingleton(settings.Library);
        services.AddSingleton(new WebhookOptions { PrivateNetworks = settings.PrivateWebhooks });
        services.AddSlackActions(settings.SlackSigningSecret);
        services.AddSingleton(settings.WebhookSecrets);
        services.AddSingleton(settings.DoorSecrets);
        services.AddSingleton(settings.Sandbox);
        if (settings.AppServiceAuthentication)
            services.AddSingleton<IDashboardAccess, AppServiceAccess>();
        services.AddSignalsWeb(settings.WriteKeys, settings.ApiToken, ingestion => ingestion.GatherTime = IngestionOptions.ForServiceBus);
        services.AddSingleton<WebFace>();
        return services;
    }

    private static void UseLanguage(IServiceCollection services, LanguageSettings settings)
    {
        bool added = false;
        AddLanguage(services, settings, ref added);
        if (!added)
            throw new InvalidSettingsException([
                new SettingFault(
                    AzureSettings.LanguageEndpointSetting,
                    $"{settings.Endpoint}",
                    "nothing: this app was built without Azure AI Language"
                ),
            ]);
    }

    /// <summary>Has no body where Azure AI Language's packages are not served; <paramref name="added"/> stays false then.</summary>
    static partial void AddLanguage(IServiceCollection services, LanguageSettings settings, ref bool added);
}
