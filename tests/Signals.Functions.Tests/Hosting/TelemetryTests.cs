using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Signals.Azure.Settings;
using Signals.Core.Platform.Telemetry;
using Signals.Functions.Hosting;

namespace Signals.Functions.Tests.Hosting;

/// <summary>What the worker counts must reach somebody: alerts go by it.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Without_a_collector_what_the_worker_counts_goes_to_Application_Insights()
    {
        await using var insights = await FakeInsights.StartAsync();
        using var host = SignalsApp.Create([
            .. SampleSettings.Complete.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
            $"--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=11111111-1111-1111-1111-111111111111;IngestionEndpoint={insights.Address}",
        ]);
        var meters = host.Services.GetRequiredService<MeterProvider>();

        SignalsMetrics.RecordAccepted(3);

        Assert.True(meters.ForceFlush());
        Assert.Contains(insights.Received, body => body.Contains("signals.events.accepted", StringComparison.Ordinal));
    }

    [Fact]
    public void With_neither_nobody_counts()
    {
        using var host = SignalsApp.Create([
            .. SampleSettings.Complete.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
        ]);

        Assert.Null(host.Services.GetService<MeterProvider>());
    }

    [Theory]
    [InlineData("ClientId=11111111-1111-1111-1111-111111111111;Authorization=AAD", "11111111-1111-1111-1111-111111111111")]
    [InlineData("authorization = aad ;", null)]
    public void The_identity_is_the_hosts(string setting, string? clientId)
    {
        var access = Assert.IsType<ServiceAccess>(Telemetry.IdentityOf(setting));

        Assert.Equal((clientId, true), (access.ClientId, access.ManagedIdentityOnly));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ClientId=11111111-1111-1111-1111-111111111111")]
    [InlineData("Authorization=Key")]
    public void Anything_else_means_the_key(string? setting) => Assert.Null(Telemetry.IdentityOf(setting));

    /// <summary>Takes what the exporter sends, over HTTP, and says that all of it was kept.</summary>
    private sealed class FakeInsights : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private FakeInsights(WebApplication app) => _app = app;

        public ConcurrentQueue<string> Received { get; } = [];

        public string Address => _app.Urls.First() + "/";

        public static async Task<FakeInsights> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var insights = new FakeInsights(app);
            app.MapPost("/{*path}", insights.TakeAsync);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return insights;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task<IResult> TakeAsync(HttpRequest request)
        {
            bool zipped = request.Headers.ContentEncoding.ToString() == "gzip";
            await using var body = zipped ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
            string text = await new StreamReader(body, Encoding.UTF8).ReadToEndAsync();
            Received.Enqueue(text);
            int lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            return Results.Json(
                new
                {
                    itemsReceived = lines,
                    itemsAccepted = lines,
                    errors = Array.Empty<object>(),
                }
            );
        }
    }
}
