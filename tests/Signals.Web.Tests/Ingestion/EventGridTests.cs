using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Signals.Web.Tests.Ingestion;

/// <summary>Azure Event Grid as a sender: its questions before it sends, and its events in both schemas.</summary>
public sealed class EventGridTests : IAsyncLifetime
{
    private const string Notification = """
        [ { "id": "e-1", "topic": "/subscriptions/x/topics/orders", "subject": "u1", "eventType": "Report Shared", "eventTime": "2025-06-01T11:00:00.1234567Z",
            "data": { "groupId": "acme", "pages": 3 }, "dataVersion": "1.0", "metadataVersion": "1" },
          { "id": "e-2", "topic": "/subscriptions/x/topics/orders", "subject": "shares/7", "eventType": "Report Shared", "eventTime": "2025-06-01T11:00:01Z",
            "data": { "userId": 42.0, "groupId": "acme" }, "dataVersion": "1.0" } ]
        """;

    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("eventgrid.azure.net")]
    [InlineData("eventemitter.example.com")]
    [InlineData("*")]
    public async Task A_sender_of_cloud_events_may_ask_whether_it_may_send(string origin)
    {
        var answer = await AskAsync(request =>
        {
            request.Headers.Add("WebHook-Request-Origin", origin);
            request.Headers.Add("WebHook-Request-Rate", "120");
        });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((origin, "*"), (answer.Headers["WebHook-Allowed-Origin"], answer.Headers["WebHook-Allowed-Rate"]));
    }

    [Fact]
    public async Task A_browsers_question_at_the_same_address_is_answered_as_everywhere()
    {
        var answer = await AskAsync(request =>
        {
            request.Headers.Add("Origin", "https://shop.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
        });

        Assert.Equal((HttpStatusCode.NoContent, "*"), (answer.Status, answer.Headers["Access-Control-Allow-Origin"]));
        Assert.False(answer.Headers.ContainsKey("WebHook-Allowed-Origin"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_grids_own_question_is_answered_with_its_code_and_takes_nothing_in(bool withKey)
    {
        const string Question = """
            [ { "id": "2d1781af", "topic": "/subscriptions/x", "subject": "", "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
                "data": { "validationUrl": "https://rp.example/validate?id=1", "validationCode": "512d38b6-\"c7b8" },
                "eventTime": "2025-06-01T11:00:00Z", "metadataVersion": "1", "dataVersion": "2" } ]
            """;

        var answer = await PostAsync(Question, "application/json; charset=utf-8", withKey);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("512d38b6-\"c7b8", JsonDocument.Parse(answer.Body).RootElement.GetProperty("validationResponse").GetString());
        Assert.Empty(_host.Events);
        Assert.Empty(_host.Quarantined);
    }

    [Fact]
    public async Task A_batch_in_its_own_schema_is_taken()
    {
        (await PostAsync(Notification, "application/json; charset=utf-8")).IsSuccess();

        Assert.Equal(
            [
                ("Report Shared", "u1", "acme", "/subscriptions/x/topics/orders#e-1"),
                ("Report Shared", "42", "acme", "/subscriptions/x/topics/orders#e-2"),
            ],
            _host.Events.Select(usage => (usage.Name, usage.UserId!, usage.GroupId!, usage.MessageId))
        );
        Assert.Equal(IngestionHost.Now.AddHours(-1).AddMilliseconds(123), _host.Events[0].Timestamp);
    }

    [Fact]
    public async Task A_batch_of_cloud_events_as_event_grid_sends_it_is_taken()
    {
        const string Batch = """
            [ { "specversion": "1.0", "id": "1", "source": "/topics/orders", "type": "Report Shared", "subject": "u1", "time": "2025-06-01T11:00:00Z",
                "datacontenttype": "application/json", "data": { "groupId": "acme" }, "traceparent": "00-1-1-01" } ]
            """;

        (await PostAsync(Batch, "application/cloudevents-batch+json; charset=utf-8")).IsSuccess();

        Assert.Equal(("Report Shared", "acme"), (_host.Events[0].Name, _host.Events[0].GroupId));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/cloudevents-batch+json")]
    public async Task Its_events_need_the_key(string mediaType) =>
        (await PostAsync(Notification, mediaType, withKey: false)).IsProblem(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData(
        """[ { "id": "1", "eventType": "Report Shared", "eventTime": "2025-06-01T11:00:00Z", "data": { "userId": "u" } } ]""",
        "source"
    )]
    [InlineData(
        """[ { "id": "1", "topic": "t", "eventType": "Report Shared", "eventTime": "soon", "data": { "userId": "u" } } ]""",
        "time"
    )]
    [InlineData("""[ { "id": "1", "topic": "t", "eventType": "Report Shared", "data": [] } ]""", "data")]
    public async Task An_event_that_cannot_be_understood_is_quarantined_with_what_is_missing(string body, string field)
    {
        (await PostAsync(body, "application/json")).IsSuccess();

        Assert.Contains($"{field}: found", Assert.Single(_host.Quarantined).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("[{\"eventType\":")]
    [InlineData("[{\"data\":{\"validationCode\":\"x\"}}]")]
    public async Task What_is_no_event_of_any_schema_is_answered_400(string body) =>
        (await PostAsync(body, "application/json")).IsProblem(HttpStatusCode.BadRequest);

    private async Task<Answer> AskAsync(Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/cloudevents");
        change(request);
        using var response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private Task<Answer> PostAsync(string body, string mediaType, bool withKey = true) =>
        _host.PostAsync(
            "/v1/cloudevents",
            body,
            request =>
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
                request.Headers.Add("aeg-event-type", "Notification");
                if (!withKey)
                    request.Headers.Authorization = null;
            }
        );
}
