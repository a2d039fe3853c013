using System.Net;
using System.Net.Http.Headers;

namespace Signals.Web.Tests.Ingestion;

public sealed class WriteKeyTests : IAsyncLifetime
{
    private const string Body = """{"userId":"u"}""";

    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("Basic", "d3JpdGUta2V5LTE6")] // write-key-1:
    [InlineData("Basic", "d3JpdGUta2V5LTE=")] // write-key-1
    [InlineData("Basic", "d3JpdGUta2V5LTE6c2VjcmV0")] // write-key-1:secret
    [InlineData("basic", "d3JpdGUta2V5LTE6")]
    [InlineData("Bearer", "write-key-1")]
    public async Task A_known_key_opens_the_door(string scheme, string parameter) =>
        (
            await _host.PostAsync(
                "/v1/page",
                Body,
                request => request.Headers.Authorization = new AuthenticationHeaderValue(scheme, parameter)
            )
        ).IsSuccess();

    [Theory]
    [InlineData("Basic", "b3RoZXI6")]
    [InlineData("Basic", "***")]
    [InlineData("Basic", "Og==")]
    [InlineData("Bearer", "other")]
    [InlineData("Digest", "write-key-1")]
    public async Task Any_other_is_answered_401(string scheme, string parameter)
    {
        var answer = await _host.PostAsync(
            "/v1/page",
            Body,
            request => request.Headers.Authorization = new AuthenticationHeaderValue(scheme, parameter)
        );

        answer.IsProblem(HttpStatusCode.Unauthorized);
        Assert.Empty(_host.Events);
    }

    [Theory]
    [InlineData("""{"userId":"u"}""")]
    [InlineData("""{"userId":"u","writeKey":"other"}""")]
    [InlineData("""{"userId":"u","writeKey":5}""")]
    [InlineData("""{"userId":"u","writeKey":"\ud800"}""")]
    [InlineData("""{"userId":"u","properties":{"writeKey":"write-key-1"}}""")]
    public async Task Without_a_header_the_body_must_name_one(string body)
    {
        var answer = await _host.PostAsync("/v1/page", body, request => request.Headers.Authorization = null);

        answer.IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_key_in_the_header_is_not_saved_by_the_body()
    {
        var answer = await _host.PostAsync(
            "/v1/page",
            """{"userId":"u","writeKey":"write-key-1"}""",
            request => request.Headers.Authorization = IngestionHost.Basic("other:")
        );

        Assert.Equal("The write key is not known here.", answer.Detail(HttpStatusCode.Unauthorized));
    }
}
