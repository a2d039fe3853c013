using System.Text;

namespace Signals.Web.Tests.Ingestion;

/// <summary>The door for history takes whatever exports hold.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(
        "{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"a\",\"timestamp\":\"2019-01-01T00:00:00Z\"}\n{\"type\":\"track\",\"userId\":\"bob\",\"event\":\"b\",\"timestamp\":\"2019-01-02T00:00:00Z\"}\n"
    )]
    [InlineData(
        "[{\"type\":\"track\",\"userId\":\"ann\",\"event\":\"a\",\"timestamp\":\"2019-01-01T00:00:00Z\"}, {\"type\":\"track\",\"userId\":\"bob\",\"event\":\"b\",\"timestamp\":\"2019-01-02T00:00:00Z\"}]"
    )]
    [InlineData(
        "{\"event\":\"a\",\"properties\":{\"time\":1546300800,\"$insert_id\":\"1\",\"distinct_id\":\"ann\"}}\n{\"event\":\"b\",\"properties\":{\"time\":1546387200,\"$insert_id\":\"2\",\"distinct_id\":\"bob\"}}"
    )]
    [InlineData(
        "{\"results\":[{\"uuid\":\"1\",\"event\":\"a\",\"distinct_id\":\"ann\",\"timestamp\":\"2019-01-01T00:00:00Z\"},\n{\"uuid\":\"2\",\"event\":\"b\",\"distinct_id\":\"bob\",\"timestamp\":\"2019-01-02T00:00:00Z\"}]}"
    )]
    [InlineData("user_id,event,timestamp\nann,a,2019-01-01\nbob,b,2019-01-02\n")]
    public async Task Lines_arrays_lists_tables_and_events_of_others_are_history(string body)
    {
        (await _host.PostAsync("/v1/history", body)).IsSuccess();
        (await _host.PostAsync("/v1/history", IngestionHost.Gzip(body))).IsSuccess();

        Assert.Equal(
            ["ann a 2019-01-01", "bob b 2019-01-02"],
            _host.Events.Take(2).Select(usage => $"{usage.UserId} {usage.Name} {usage.Timestamp:yyyy-MM-dd}")
        );
        Assert.Equal(4, _host.Events.Count);
        Assert.All(_host.Events, usage => Assert.True(usage.Imported));
    }

    [Fact]
    public async Task A_request_may_say_which_columns_say_what()
    {
        (
            await _host.PostAsync(
                "/v1/history?map=userId%3DWho,event:%3DOrder%20Paid,timestamp%3DWhen",
                "Who;When;total\nann;2019-01-01;12\n"
            )
        ).IsSuccess();

        var usage = Assert.Single(_host.Events);
        Assert.Equal(("ann", "Order Paid", """{"total":"12"}"""), (usage.UserId, usage.Name, Encoding.UTF8.GetString(usage.Payload.Span)));
    }

    [Fact]
    public async Task A_table_whose_columns_cannot_be_told_is_refused_with_what_is_missing()
    {
        var answer = await _host.PostAsync("/v1/history", "colour,size\nred,3\n");

        Assert.Equal(400, (int)answer.Status);
        Assert.Contains("no column that names the person", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_quarantined_with_its_place_and_the_rest_is_kept()
    {
        (
            await _host.PostAsync(
                "/v1/history",
                "{\"type\":\"track\",\"event\":\"a\"}\n{\"type\":\"track\",\"userId\":\"bob\",\"event\":\"b\",\"timestamp\":\"2019-01-02T00:00:00Z\"}\n"
            )
        ).IsSuccess();

        Assert.Equal("[0].userId: found nothing, expected a userId or an anonymousId", Assert.Single(_host.Quarantined).Reason);
        Assert.Equal("bob", Assert.Single(_host.Events).UserId);
    }

    [Theory]
    [InlineData("{}", "The body has no batch")]
    [InlineData("{\"batch\":7}", "expected a list of events")]
    [InlineData("{", "not valid JSON")]
    [InlineData("", "The body is empty")]
    public async Task What_is_nothing_at_all_is_refused_as_before(string body, string expected)
    {
        var answer = await _host.PostAsync("/v1/history", body);

        Assert.Equal(400, (int)answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }
}
