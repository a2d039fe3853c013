using System.Net;
using System.Text;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Ingestion;

public sealed class LeadingSlashesTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("//v1/batch", HttpStatusCode.OK)]
    [InlineData("///v1/b", HttpStatusCode.OK)]
    [InlineData("//v1/import", HttpStatusCode.OK)]
    [InlineData("//v1/none", HttpStatusCode.NotFound)]
    [InlineData("//healthz", HttpStatusCode.NotFound)]
    public async Task A_host_that_ends_in_a_slash_is_no_reason_to_lose_a_batch(string path, HttpStatusCode expected)
    {
        using var content = new StringContent(
            $$"""{"writeKey":"{{SignalsHost.WriteKey}}","batch":[{"type":"page","userId":"u"}]}""",
            Encoding.UTF8,
            "application/json"
        );

        using var response = await _host.Stranger.PostAsync(
            new Uri(_host.Stranger.BaseAddress!.GetLeftPart(UriPartial.Authority) + path),
            content,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(expected, response.StatusCode);
    }
}
