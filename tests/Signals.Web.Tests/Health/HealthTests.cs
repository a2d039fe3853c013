using System.Net;
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
