using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
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

namespace Signals.Azure.Tests;

public sealed class SignalsAzureTests
{
    private static readonly AzureSettings Bare = new(
        new ServiceAccess(null, "https://acme.table.core.windows.net/", "11111111-1111-1111-1111-111111111111"),
        new ServiceAccess(null, "acme.servicebus.windows.net", ManagedIdentityOnly: true)
    );

    [Fact]
    public async Task Every_port_is_there_and_nothing_is_reached_before_it_is_used()
    {
        await using var provider = Provide(Bare with { SendGrid = new SendGridSettings("SG.key") });

        Assert.IsType<TableEntityStore>(provider.GetRequiredService<IEntityStore>());
        Assert.IsType<ServiceBusMessageQueue>(provider.GetRequiredService<IMessageQueue>());
        Assert.IsType<SendGridEmailSender>(provider.GetRequiredService<IEmailSender>());
        Assert.IsType<EmbeddedTextAnalyzer>(provider.GetRequiredService<ITextAnalyzer>());
        Assert.NotNull(provider.GetRequiredService<DeliveryHandler>());
        Assert.Equal("acme.servicebus.windows.net", provider.GetRequiredService<ServiceBusClient>().FullyQualifiedNamespace);
    }

    [Fact]
    public async Task Mails_go_by_a_mail_server_where_one_is_set()
    {
        var smtp = new SmtpSettings { Host = "mail.nimbus.example", Port = 587 };

        await using var provider = Provide(Bare with { Smtp = smtp });

        Assert.IsType<SmtpEmailSender>(provider.GetRequiredService<IEmailSender>());
        // No worker is taken for dead while it may still be talking to the server.
        Assert.Equal(smtp.LongestSend, provider.GetRequiredService<OutreachOptions>().WorkerTimeout);
    }

    [Fact]
    public async Task Without_a_mail_service_mails_wait()
    {
        await using var provider = Provide(Bare);

        Assert.IsType<MissingEmailSender>(provider.GetRequiredService<IEmailSender>());
    }

    [Fact]
    public async Task The_hosts_own_delivery_limits_win()
    {
        var own = new MessageQueueOptions { MaxDeliveryCount = 3 };

        await using var provider = new ServiceCollection().AddLogging().AddSingleton(own).AddSignalsAzure(Bare).BuildServiceProvider();

        Assert.Same(own, provider.GetRequiredService<MessageQueueOptions>());
    }

    private static ServiceProvider Provide(AzureSettings settings) =>
        new ServiceCollection().AddLogging().AddSignalsAzure(settings).BuildServiceProvider();
}
