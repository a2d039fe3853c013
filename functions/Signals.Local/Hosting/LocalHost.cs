using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Holidays;
using Signals.Local.Mail;
using Signals.Local.Messaging;
using Signals.Local.Storage;
using Signals.Messages.Rendering;
using Signals.Smtp;
using Signals.Web;
using Signals.Web.Alerts;
using Signals.Web.Doctor;
using Signals.Web.Doors;
using Signals.Web.Ingestion;
using Signals.Web.OutgoingWebhooks;

namespace Signals.Local.Hosting;

/// <summary>
/// The whole app on one machine: the web face on Kestrel, state and queues in SQLite, mail to the outbox folder or an SMTP server.
/// </summary>
public static class LocalHost
{
    /// <summary>Registers the app's services over a data folder, without a web server.</summary>
    public static IServiceCollection AddLocalSignals(this IServiceCollection services, LocalOptions options, TimeProvider clock)
    {
        PrivateFiles.Folder(options.DataFolder);
        var keys = LocalKeys.Open(options.DataFolder);
        services.AddSingleton(clock);
        services.AddSqliteStorage(options.DataFolder);
        var usual = new OutreachOptions();
        services.AddSingleton(
            new OutreachOptions
            {
                WorkerTimeout = options.Settings.Smtp?.LongestSend ?? usual.WorkerTimeout,
                Quiet = options.Settings.Quiet ?? usual.Quiet,
            }
        );
        // What an earlier run left in the outbox is kept there, whatever carries the mails now.
        if (options.Settings.Smtp is null || Directory.Exists(options.OutboxFolder))
            services.AddSingleton<IKeptMail>(new OutboxEmailSender(options.OutboxFolder));
        services.AddSignalsCore(options.Model);
        services.AddSingleton(new RecipientKey(keys.RecipientKey));
        services.AddSingleton(new LinkKeys(keys.UnsubscribeKeys));
        services.AddSingleton(new PublicAddress(options.Model.Outreach.PublicUrl ?? "http://localhost"));
        var renderer = new HandlebarsMessageRenderer(options.Templates, options.Model.Locales);
        services.AddSingleton<IMessageRenderer>(renderer);
        services.AddSingleton<ICardRenderer>(renderer);
        services.AddSingleton<IPublicHolidays>(new PublicHolidays());
        services.AddSingleton(options.Settings.Sandbox);
        services.AddSender(options);
        return services;
    }

    /// <summary>What carries mails away.</summary>
    internal static IServiceCollection AddSender(this IServiceCollection services, LocalOptions options) =>
        options.Settings.Smtp is { } smtp
            ? services.AddSingleton(smtp).AddSingleton<IEmailSender, SmtpEmailSender>()
            : services.AddSingleton<IEmailSender>(_ => new OutboxEmailSender(options.OutboxFolder));

    /// <summary>A web app with nothing in it yet, that listens there within the limits.</summary>
    internal static WebApplicationBuilder Listening(LocalOptions options, string urls, ConnectionLimit connections)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new ConnectionBuffers());
        ServerLimits.SetThreads();
        builder.WebHost.ConfigureKestrel(kestrel => options.Settings.Limits.Set(kestrel, connections));
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The server's own lines quote paths and queries, which hold keys of SDKs and links that sign in.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It has a line for each connection that it turns away, and they come by the thousand.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);
        return builder;
    }

    /// <summary>Builds the web app. The pumps and the sweep start with it.</summary>
    public static WebApplication Build(LocalOptions options, string urls)
    {
        var connections = new ConnectionLimit(options.Settings.Limits.Connections);
        var builder = Listening(options, urls, connections);
        builder.Services.AddLocalSignals(options, TimeProvider.System);
        builder.Services.AddSingleton(options.Settings.Proxies);
        builder.Services.AddSingleton(options.Settings.EventsPath);
        builder.Services.AddSingleton(options.Library);
        builder.Services.AddSingleton(new WebhookOptions { PrivateNetworks = options.Settings.PrivateWebhooks });
        builder.Services.AddSlackActions(options.Settings.SlackSigningSecret);
        if (options.Settings.WebhookSecrets.MissingIn(options.Model) is { } unsigned)
            throw new SettingException("SIGNALS_WEBHOOK_SECRETS", $"none for webhook \"{unsigned.Id}\"", WebhookSecrets.Expected);
        builder.Services.AddSingleton(options.Settings.WebhookSecrets);
        if (options.Settings.DoorSecrets.MissingIn(options.Model) is { } closed)
            throw new SettingException("SIGNALS_DOOR_SECRETS", $"none that fits door \"{closed.Id}\"", DoorSecrets.Expected);
        builder.Services.AddSingleton(options.Settings.DoorSecrets);
        builder.Services.AddSignalsWeb(
            HashedWriteKeys.FromKeys(options.WriteKey).WithBrowserKeys(options.BrowserWriteKey),
            options.ApiToken,
            ingestion => ingestion.MaxBacklogEvents = options.Settings.MaxBacklogEvents
        );
        // One reader folds: two would only meet each other in the same accounts, and it reads many messages at once anyway.
        builder.Services.AddMessagePumps(pumps => pumps.Concurrencies[QueueNames.Usage] = 1);
        builder.Services.AddHostedService<SweepService>();
        builder.Services.AddHostedService<DamageWatch>();
        builder.Services.AddSingleton<IDoctorCheck>(new DiskCheck(options.DataFolder));
        builder.Services.AddSingleton(new MinuteReport(minute => Console.WriteLine(TrafficLine.Of(minute))));
        var app = builder.Build();
        if (options.LogRequests)
            app.UseMiddleware<RequestLines>(Console.Out);
        app.Use(connections.AnswerAsync);
        app.MapSignalsWeb();
        return app;
    }
}
