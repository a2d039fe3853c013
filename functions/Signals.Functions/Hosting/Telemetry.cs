using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using Signals.Core.Platform.Telemetry;

namespace Signals.Functions.Hosting;

/// <summary>Where traces, metrics and logs of the worker go.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// With <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> the worker sends everything there itself. Without it the Functions host speaks for the worker,
    /// as it does by default: requests, and what is logged, go where the host's own telemetry goes (Application Insights).
    /// </summary>
    public static void AddSignalsTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[Endpoint]))
            return;
        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(QueueTraces.Name))
            .WithMetrics(metrics => metrics.AddMeter(SignalsMetrics.Name))
            .WithLogging()
            .UseOtlpExporter();
    }
}
