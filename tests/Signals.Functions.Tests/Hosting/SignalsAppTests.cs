using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signals.Azure.Settings;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Functions.Hosting;
using Signals.Web.Dashboard.Access;

namespace Signals.Functions.Tests.Hosting;

/// <summary>The worker as it is composed in production, not started: no service is reached before it is used.</summary>
public sealed class SignalsAppTests
{
    [Fact]
    public async Task Every_service_and_function_can_be_made_from_the_sample_settings()
    {
        // The worker's host brings what any web host does.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
        builder.Services.AddSignals(SampleSettings.Read());
        await using var app = builder.Build();
        var provider = app.Services;

        Assert.Equal("Signals.Azure", provider.GetRequiredService<IEntityStore>().GetType().Assembly.GetName().Name);
        Assert.Equal("Signals.Azure", provider.GetRequiredService<IMessageQueue>().GetType().Assembly.GetName().Name);
        Assert.NotNull(provider.GetRequiredService<IEmailSender>());
        Assert.NotNull(provider.GetRequiredService<ITextAnalyzer>());
        Assert.Equal(QueueNames.All, provider.GetServices<IMessageHandler>().Select(handler => handler.Queue));
        foreach (
            var function in typeof(SignalsApp)
                .Assembly.GetTypes()
                .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute), false)))
        )
            Assert.NotNull(ActivatorUtilities.CreateInstance(provider, function));
    }

    [Theory]
    [InlineData("true", "AppServiceAccess")]
    [InlineData("false", "SessionAccess")]
    public void Principal_headers_are_believed_only_where_that_is_switched_on(string setting, string access)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignals(SampleSettings.Read(("Signals__AppServiceAuthentication", setting)));
        using var provider = services.BuildServiceProvider();

        Assert.Equal(access, provider.GetRequiredService<IDashboardAccess>().GetType().Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://127.0.0.1:4317")]
    public async Task The_worker_tells_the_host_of_every_trigger(string collector)
    {
        using var host = Create(("OTEL_EXPORTER_OTLP_ENDPOINT", collector));

        var functions = await host
            .Services.GetRequiredService<IFunctionMetadataProvider>()
            .GetFunctionMetadataAsync(SampleSettings.AppFolder);
        var triggers = functions.ToDictionary(function => function.Name!, function => JsonNode.Parse(function.RawBindings![0])!.AsObject());

        // Those of the queues are a room of their own, which not every NuGet source can build; its tests look at them.
        Assert.Equal(["digest", "housekeeping", "sweep", "web"], triggers.Keys.Except(QueueNames.All).Order(StringComparer.Ordinal));
        Assert.Equal("{*path}", (string?)triggers["web"]["route"]);
        Assert.Equal("Anonymous", (string?)triggers["web"]["authLevel"]);
        Assert.False(triggers["web"].ContainsKey("methods"));
        Assert.All(
            new[] { "sweep", "digest", "housekeeping" },
            timer =>
            {
                Assert.Matches(@"^\S+( \S+){5}$", (string?)triggers[timer]["schedule"]);
                Assert.False(triggers[timer].ContainsKey("runOnStartup"));
            }
        );
    }

    [Fact]
    public void Language_is_used_where_it_is_set_or_the_app_says_that_it_was_built_without()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var settings = SampleSettings.Read(("Signals__LanguageEndpoint", "https://acme.cognitiveservices.azure.com"));

        if (!File.Exists(Path.Combine(SampleSettings.AppFolder, "Signals.Azure.Language.dll")))
        {
            var refused = Assert.Throws<InvalidSettingsException>(() => services.AddSignals(settings));
            Assert.Equal("Signals__LanguageEndpoint", Assert.Single(refused.Faults).Name);
            return;
        }
        services.AddSignals(settings);
        using var provider = services.BuildServiceProvider();
        Assert.Equal("Signals.Azure.Language", provider.GetRequiredService<ITextAnalyzer>().GetType().Assembly.GetName().Name);
    }

    [Fact]
    public void A_worker_without_its_settings_does_not_start() =>
        Assert.Throws<InvalidSettingsException>(() => Create(("Signals__ApiToken", "")));

    [Fact]
    public void The_host_leaves_routes_settlement_and_telemetry_to_the_worker()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(SampleSettings.AppFolder, "host.json")))!;

        Assert.Equal("", (string?)host["extensions"]!["http"]!["routePrefix"]);
        Assert.False((bool)host["extensions"]!["serviceBus"]!["autoCompleteMessages"]!);
        Assert.Equal("OpenTelemetry", (string?)host["telemetryMode"]);
    }

    private static IHost Create(params IEnumerable<(string Name, string Value)> changes)
    {
        var settings = SampleSettings.Complete;
        foreach (var (name, value) in changes)
            settings[name] = value;
        return SignalsApp.Create([
            .. settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
        ]);
    }
}
