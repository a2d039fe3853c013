using System.Text.Json;
using Signals.Core.Platform.Messaging;
using Signals.Testing;

namespace Signals.Web.Tests.Api;

public sealed class PipelineApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_accepted_event_is_counted_once_wherever_it_is()
    {
        await _host.SendAsync(Enumerable.Range(0, 5).Select(i => SignalsHost.Track("ada", "acme", $"Event {i}")));
        Assert.Equal((5, 0, 0, 0, 5, 0), Counts(await _host.GetAsync("/api/pipeline")));

        await _host.WorkAsync();
        Assert.Equal((5, 5, 0, 0, 0, 0), Counts(await _host.GetAsync("/api/pipeline")));

        await _host.SendAsync(new { type = "track", userId = "ada" }, SignalsHost.Track("ada", "acme", "Late"));
        await _host.WorkAsync();
        Assert.Equal((7, 6, 0, 1, 0, 0), Counts(await _host.GetAsync("/api/pipeline")));
    }

    [Fact]
    public async Task What_is_put_aside_counts_as_queued()
    {
        await _host.Queue.SendAsync(
            QueueNames.Usage,
            [new OutgoingMessage("broken", new byte[] { 1, 2, 3 }, Items: 4)],
            TestContext.Current.CancellationToken
        );
        await _host.WorkAsync();

        Assert.Equal((4, 0, 0, 0, 4, 4), Counts(await _host.GetAsync("/api/pipeline")));
    }

    [Fact]
    public async Task An_event_that_is_folded_between_the_readings_is_not_counted_twice()
    {
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Late"));
        bool folded = false;
        _host.Queue.Probe.After = async call =>
        {
            if (call.Kind == StoreCallKind.Depth && !folded)
            {
                folded = true;
                await _host.WorkAsync();
            }
        };

        Assert.Equal((1, 1, 0, 0, 0, 0), Counts(await _host.GetAsync("/api/pipeline")));
    }

    [Fact]
    public async Task Names_that_came_are_told_with_their_uses_and_near_misses_and_no_value()
    {
        await _host.SendAsync(
            SignalsHost.Track("ada", "acme", "export_completed"),
            SignalsHost.Track("ada", "acme", "Users Imported"),
            new
            {
                type = "identify",
                userId = "ada",
                traits = new { email = "ada@acme.example" },
            },
            new
            {
                type = "track",
                userId = "null",
                @event = "Late",
            }
        );
        await _host.WorkAsync();

        var answer = await _host.GetAsync("/api/pipeline");
        var events = answer.GetProperty("seen").GetProperty("events");

        Assert.Equal(
            [("Users Imported", 1, "onboarding.import-users.done"), ("export_completed", 1, "")],
            events
                .GetProperty("names")
                .EnumerateArray()
                .Select(name =>
                    (
                        name.GetProperty("name").GetString(),
                        name.GetProperty("count").GetInt32(),
                        string.Join(' ', name.GetProperty("uses").EnumerateArray().Select(use => use.GetString()))
                    )
                )
        );
        var miss = Assert.Single(events.GetProperty("nearMisses").EnumerateArray());
        Assert.Equal(
            ("export_completed", "Export Completed", "spelling"),
            (miss.GetProperty("seen").GetString(), miss.GetProperty("model").GetString(), miss.GetProperty("why").GetString())
        );
        Assert.Contains(
            events.GetProperty("neverCame").EnumerateArray(),
            name => name.GetProperty("name").GetString() == "Import Failed" && !name.GetProperty("optional").GetBoolean()
        );
        Assert.StartsWith(
            "userId: expected",
            Assert.Single(answer.GetProperty("seen").GetProperty("quarantined").EnumerateArray()).GetProperty("rule").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("acme.example", answer.GetRawText(), StringComparison.Ordinal);
    }

    private static (long, long, long, long, long, long) Counts(JsonElement pipeline) =>
        (
            Count(pipeline, "accepted"),
            Count(pipeline, "folded"),
            Count(pipeline, "duplicates"),
            Count(pipeline, "quarantined"),
            Count(pipeline, "queued"),
            Count(pipeline, "deadLettered")
        );

    private static long Count(JsonElement pipeline, string name) => pipeline.GetProperty(name).GetInt64();
}
