using System.IO.Compression;
using System.Net;
using System.Text;

namespace Signals.Web.Tests.Help;

/// <summary>The script that shows cards: small, cached, and at home under a strict policy.</summary>
public sealed class HelpScriptTests : IAsyncLifetime
{
    private readonly HelpHost _host = new();

    private const int MostBytes = 6 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_is_under_six_kilobytes_as_it_travels()
    {
        byte[] script = await _host.Signals.Stranger.GetByteArrayAsync("/v1/help.js", Cancel);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(script);
        Assert.InRange(packed.ToArray().Length, 1_000, MostBytes);
    }

    [Fact]
    public async Task It_needs_nothing_that_a_strict_policy_forbids()
    {
        string script = Encoding.UTF8.GetString(await _host.Signals.Stranger.GetByteArrayAsync("/v1/help.js", Cancel));
        Assert.All(
            (string[])["innerHTML", "eval(", "new Function", "document.write", "<style", "style=", ".cssText", "import("],
            forbidden => Assert.DoesNotContain(forbidden, script, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Browsers_keep_it_for_an_hour_and_ask_by_its_tag_after_that()
    {
        using var first = await _host.Signals.Stranger.GetAsync("/v1/help.js", Cancel);
        Assert.Equal("text/javascript", first.Content.Headers.ContentType!.MediaType);
        Assert.True(first.Headers.CacheControl!.Public);
        Assert.Equal("cross-origin", first.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/help.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _host.Signals.Stranger.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }
}
