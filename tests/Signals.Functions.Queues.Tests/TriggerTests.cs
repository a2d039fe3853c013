using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Messaging;
using Signals.Functions.Hosting;
using Signals.Functions.Tests;

namespace Signals.Functions.Queues.Tests;

/// <summary>The triggers as the worker tells the host of them.</summary>
public sealed class TriggerTests
{
    [Fact]
    public async Task The_worker_tells_the_host_of_a_trigger_for_each_queue()
    {
        using var host = SignalsApp.Create([
            .. SampleSettings.Complete.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
        ]);

        var functions = await host
            .Services.GetRequiredService<IFunctionMetadataProvider>()
            .GetFunctionMetadataAsync(SampleSettings.AppFolder);
        var triggers = functions.ToDictionary(function => function.Name!, function => JsonNode.Parse(function.RawBindings![0])!.AsObject());

        Assert.All(
            QueueNames.All,
            queue =>
            {
                var trigger = triggers[queue];
                Assert.Equal(
                    (queue, "ServiceBus", "Many"),
                    ((string?)trigger["queueName"], (string?)trigger["connection"], (string?)trigger["cardinality"])
                );
                Assert.False((bool)trigger["autoCompleteMessages"]!);
            }
        );
    }

    [Theory]
    [InlineData(typeof(UsageFunction))]
    [InlineData(typeof(ReviewsFunction))]
    [InlineData(typeof(OutreachFunction))]
    [InlineData(typeof(WebhooksFunction))]
    public async Task Every_trigger_can_be_made_from_the_sample_settings(Type function)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSignals(SampleSettings.Read());
        await using var app = builder.Build();

        Assert.NotNull(ActivatorUtilities.CreateInstance(app.Services, function));
    }
}
