using System.Net;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Tests.Ingestion;

public sealed class TransientFaultTests : IAsyncLifetime
{
    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(null, "5")]
    [InlineData(30.0, "30")]
    [InlineData(0.2, "1")]
    public async Task A_queue_out_of_reach_is_answered_503_with_when_to_come_again(double? seconds, string retryAfter)
    {
        _host.Queue.BeforeSend = () =>
            throw new TransientStoreException("busy", retryAfter: seconds is { } value ? TimeSpan.FromSeconds(value) : null);

        var answer = await _host.PostAsync("/v1/page", """{"userId":"u"}""");

        Assert.Equal("The events could not be stored just now; send the same again.", answer.Detail(HttpStatusCode.ServiceUnavailable));
        Assert.Equal(retryAfter, answer.Headers["Retry-After"]);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_durable()
    {
        var reached = new TaskCompletionSource();
        var durable = new TaskCompletionSource();
        _host.Queue.BeforeSend = () =>
        {
            reached.SetResult();
            return durable.Task;
        };

        var posting = _host.PostAsync("/v1/page", """{"userId":"u"}""");
        await reached.Task;
        Assert.False(posting.IsCompleted);
        durable.SetResult();

        (await posting).IsSuccess();
        Assert.Single(_host.Events);
    }

    [Fact]
    public async Task Requests_at_once_share_messages()
    {
        var durable = new TaskCompletionSource();
        _host.Queue.BeforeSend = () => durable.Task;

        var posting = Enumerable.Range(0, 50).Select(i => _host.PostAsync("/v1/page", $$"""{"userId":"u{{i}}"}""")).ToList();
        durable.SetResult();
        var answers = await Task.WhenAll(posting);

        Assert.All(answers, answer => answer.IsSuccess());
        Assert.Equal(50, _host.Events.Select(usage => usage.UserId).Distinct().Count());
    }
}
