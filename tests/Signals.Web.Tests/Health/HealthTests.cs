using System.Net;
using Signals.Core.Platform.Storage;
using Signals.Testing;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/healthz", "alive\n")]
    [InlineData("/readyz", "ready\n")]
    public async Task When_all_is_well_both_probes_say_so(string path, string text)
    {
        Assert.Equal((HttpStatusCode.OK, text), await AskAsync(path));
    }

    [Fact]
    public async Task Without_the_store_the_process_lives_and_is_not_ready()
    {
        _host.Store.Probe.Before = _ => throw new IOException("disk gone at /secret/path");

        Assert.Equal((HttpStatusCode.OK, "alive\n"), await AskAsync("/healthz"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not reachable: store\n"), await AskAsync("/readyz"));
    }

    [Fact]
    public async Task A_store_that_reads_and_cannot_write_is_not_ready_until_it_can()
    {
        _host.Store.Probe.Before = call =>
            call.Kind == StoreCallKind.Commit ? throw new TransientStoreException("disk full") : ValueTask.CompletedTask;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not reachable: store for writing\n"), await AskAsync("/readyz"));

        _host.Store.Probe.Reset();
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync("/readyz"));
        // A write that went well speaks for the next seconds: a probe costs one read.
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync("/readyz"));
        Assert.Equal(1, _host.Store.Probe.Count(StoreCallKind.Commit));
    }

    [Fact]
    public async Task Without_the_queue_it_is_not_ready()
    {
        _host.Queue.Probe.Before = _ => throw new IOException("no broker");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not reachable: queue\n"), await AskAsync("/readyz"));
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string path)
    {
        using var response = await _host.Stranger.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
