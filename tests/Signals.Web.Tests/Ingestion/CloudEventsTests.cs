using System.Net;
using System.Net.Http.Headers;

namespace Signals.Web.Tests.Ingestion;

public sealed class CloudEventsTests : IAsyncLifetime
{
    private const string Event =
        """{"specversion":"1.0","type":"Video Watched","source":"/player","id":"1","subject":"u1","data":{"seconds":60}}""";

    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("application/cloudevents+json", Event)]
    [InlineData("application/cloudevents-batch+json", $"[{Event}]")]
    public async Task Structured_and_batched_events_are_taken(string mediaType, string body)
    {
        (await PostAsync(body, mediaType)).IsSuccess();

        Assert.Equal(("Video Watched", "u1", "/player#1"), (_host.Events[0].Name, _host.Events[0].UserId, _host.Events[0].MessageId));
    }

    [Fact]
    public async Task A_binary_events_attributes_come_in_headers()
    {
        var answer = await PostAsync(
            """{"seconds":60}""",
            "application/json",
            request =>
            {
                request.Headers.Add("ce-specversion", "1.0");
                request.Headers.Add("ce-type", "Vid%C3%A9o");
                request.Headers.Add("ce-source", "/player");
                request.Headers.Add("ce-id", "1");
                request.Headers.Add("ce-subject", "u1");
                request.Headers.Add("ce-groupid", "acme");
                request.Headers.Add("ce-time", "2025-06-01T11:00:00Z");
            }
        );

        answer.IsSuccess();
        var usage = Assert.Single(_host.Events);
        Assert.Equal(("Vidéo", "acme", IngestionHost.Now.AddHours(-1)), (usage.Name, usage.GroupId, usage.Timestamp));
    }

    [Theory]
    [InlineData("application/cloudevents-batch+json", Event, "The body is an object; expected a list of events.")]
    [InlineData("application/cloudevents+json", "{", "The body is not valid JSON at line 1")]
    [InlineData("application/json", "{}", "Found no CloudEvent; expected the content type")]
    public async Task What_is_no_cloud_event_is_answered_400(string mediaType, string body, string expected) =>
        Assert.StartsWith(expected, (await PostAsync(body, mediaType)).Detail(HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact]
    public async Task A_write_key_is_asked_for() =>
        (await PostAsync(Event, "application/cloudevents+json", request => request.Headers.Authorization = null)).IsProblem(
            HttpStatusCode.Unauthorized
        );

    private Task<Answer> PostAsync(string body, string mediaType, Action<HttpRequestMessage>? change = null) =>
        _host.PostAsync(
            "/v1/cloudevents",
            body,
            request =>
            {
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
                change?.Invoke(request);
            }
        );
}
