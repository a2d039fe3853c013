using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Model;
using Signals.Core.Processing.Webhooks;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Web.OutgoingWebhooks;

namespace Signals.Web.Alerts;

/// <summary>Registers what is posted elsewhere, alike in both hosts: alerts to chats, and what other systems are told.</summary>
internal static class AlertWebhooks
{
    public static IServiceCollection AddAlertWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton(new WebhookOptions());
        services.AddSingleton<WebhookClient>();
        services.TryAddSingleton(new SlackSignature(null));
        services.TryAddSingleton<ISlackReplies, SlackReplies>();
        services.TryAddSingleton(WebhookSecrets.None);
        services.AddSingleton<IWebhookPost, SignedWebhookPost>();
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
