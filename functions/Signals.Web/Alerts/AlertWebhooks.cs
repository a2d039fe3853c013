using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Alerts;

/// <summary>Registers the chat channels of alerts, alike in both hosts.</summary>
internal static class AlertWebhooks
{
    public static IServiceCollection AddAlertWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebhookOptions());
        services.AddSingleton<WebhookClient>();
        services.TryAddSingleton(new SlackSignature(null));
        services.TryAddSingleton<ISlackReplies, SlackReplies>();
        services.AddSingleton<AlertLinkAnswers>();
        services.AddSingleton<SlackActions>();
        services.AddSingleton<IAlertChannel>(provider =>
            Channel(
                provider,
                AlertChannels.Slack,
                provider.GetRequiredService<SlackSignature>().IsConfigured ? SlackMessage.WriteWithButtons : SlackMessage.Write
            )
        );
        services.AddSingleton<IAlertChannel>(provider => Channel(provider, AlertChannels.Teams, TeamsMessage.Write));
        return services;
    }

    private static WebhookChannel Channel(IServiceProvider provider, string kind, Func<ChatMessage, byte[]> write) =>
        new(
            kind,
            write,
            provider.GetRequiredService<WebhookClient>(),
            provider.GetRequiredService<MailComposer>(),
            provider.GetRequiredService<ValueModel>()
        );
}
