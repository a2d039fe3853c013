using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using Signals.Azure.Settings;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Telemetry;

namespace Signals.Functions.Hosting;

/// <summary>Where traces, metrics and logs of the worker go.</summary>
internal static class Telemetry
{
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Insights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string InsightsIdentity = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>
    /// To the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names, else to the Application Insights of
    /// <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>, where the Functions host sends its own. Without either the host speaks for the worker:
    /// what is logged is in the host's log, and nobody counts.
    /// </summary>
    public static void AddSignalsTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        bool hasCollector = !string.IsNullOrWhiteSpace(configuration[Collector]);
        string? insights = configuration[Insights];
        if (!hasCollector && string.IsNullOrWhiteSpace(insights))
            return;
        var telemetry = services
            .AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(QueueTraces.Name))
            .WithMetrics(metrics => metrics.AddMeter(SignalsMetrics.Name))
            .WithLogging();
        if (hasCollector)
        {
            telemetry.UseOtlpExporter();
            return;
        }
        telemetry.UseAzureMonitorExporter(options =>
        {
            options.ConnectionString = insights;
            options.Credential = IdentityOf(configuration[InsightsIdentity])?.Credential();
        });
    }

    /// <summary>
    /// The identity of <c>Authorization=AAD;ClientId=...</c>, as the Functions host reads it; null for anything else, which means the key
    /// within the connection string.
    /// </summary>
    internal static ServiceAccess? IdentityOf(string? setting)
    {
        var parts = (setting ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!parts["Authorization"].Contains("AAD", StringComparer.OrdinalIgnoreCase))
            return null;
        return new ServiceAccess(ConnectionString: null, Address: Insights, parts["ClientId"].FirstOrDefault(), ManagedIdentityOnly: true);
    }
}
