using System.Net;
using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Web.Tests.Ingestion;

public sealed class BadInputTests : IAsyncLifetime
{
    private readonly IngestionHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("{\"batch\":[", "The body is not valid JSON at line 1")]
    [InlineData("batch=1", "The body is not valid JSON at line 1, byte 1")]
    [InlineData("", "The body is empty; expected a JSON object.")]
    [InlineData("[]", "The body is a list; expected a JSON object.")]
    [InlineData("{\"batch\":{}}", "'batch' is an object; expected a list of events.")]
    public async Task A_body_that_is_no_batch_is_answered_400_in_a_sentence(string body, string expected)
    {
        var answer = await _host.PostAsync("/v1/batch", body);

        Assert.StartsWith(expected, answer.Detail(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Empty(_host.Quarantined);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(40)]
    public async Task Truncated_gzip_is_answered_400(int kept)
    {
        byte[] body = IngestionHost.Gzip("""{"batch":[{"type":"page","userId":"u1"},{"type":"page","userId":"u2"}]}""");

        var answer = await _host.PostAsync("/v1/batch", body[..kept]);

        Assert.Equal("The body is damaged or truncated gzip; expected whole gzip or plain JSON.", answer.Detail(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_decompression_bomb_is_answered_400()
    {
        byte[] body = IngestionHost.Gzip("{\"batch\":[" + new string(' ', 50 * 1024 * 1024) + "]}");

        var answer = await _host.PostAsync("/v1/batch", body);

        Assert.Equal(
            "The body is larger than 512000 bytes (decompressed); expected at most 512000.",
            answer.Detail(HttpStatusCode.BadRequest)
        );
    }

    [Theory]
    [InlineData("/v1/batch", true)]
    [InlineData("/v1/batch", false)]
    [InlineData("/v1/import", true)]
    [InlineData("/v1/import", false)]
    [InlineData("/v1/track", false)]
    public async Task Ten_megabytes_are_refused_early(string path, bool lengthKnown)
    {
        byte[] body = new byte[10 * 1024 * 1024];

        var answer = await _host.PostAsync(path, body, request => request.Headers.TransferEncodingChunked = !lengthKnown);

        Assert.StartsWith("The body is larger than", answer.Detail(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_call_over_32_kilobytes_is_answered_400()
    {
        var answer = await _host.PostAsync(
            "/v1/track",
            $$"""{"userId":"u","event":"E","properties":{"text":"{{new string('x', 33 * 1024)}}" } }"""
        );

        Assert.StartsWith("The body is larger than 32768 bytes", answer.Detail(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_33_kilobyte_event_in_a_batch_leaves_the_rest()
    {
        var answer = await _host.PostAsync(
            "/v1/batch",
            $$"""{"batch":[{"type":"page","userId":"u","properties":{"text":"{{new string('x', 33 * 1024)}}" } },{"type":"page","userId":"u2"}]}"""
        );

        answer.IsSuccess();
        Assert.Equal("u2", Assert.Single(_host.Events).UserId);
        Assert.StartsWith("batch[0]: found 338", Assert.Single(_host.Quarantined).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/batch", 2500)]
    [InlineData("/v1/import", 5000)]
    public async Task More_events_than_a_batch_holds_are_answered_400(string path, int most)
    {
        string items = string.Join(',', Enumerable.Repeat("""{"type":"page","userId":"u"}""", most + 1));

        var answer = await _host.PostAsync(path, $$"""{"batch":[{{items}}]}""");

        Assert.Equal($"'batch' holds more than {most} events; expected at most {most}.", answer.Detail(HttpStatusCode.BadRequest));
        Assert.Empty(_host.Events);
    }

    [Fact]
    public async Task Events_that_cannot_be_understood_go_to_quarantine_and_the_rest_is_kept()
    {
        var answer = await _host.PostAsync(
            "/v1/batch",
            """
            {"batch":[{"type":"page","userId":"good"},{"type":"purchase","userId":"u"},{"type":"page"},{"type":"page","userId":"u","timestamp":"1900-01-01T00:00:00Z"},
            {"type":"page","userId":"u","timestamp":"2100-01-01T00:00:00Z"},{"type":"track","userId":"u","event":["E"]}]}
            """
        );

        answer.IsSuccess();
        Assert.Equal("good", Assert.Single(_host.Events).UserId);
        Assert.Equal(
            ["batch[1].type", "batch[2].userId", "batch[3].timestamp", "batch[4].timestamp", "batch[5].event"],
            _host.Quarantined.Select(quarantined => quarantined.Reason.Split(':')[0])
        );
    }

    [Fact]
    public async Task Invalid_utf8_is_400_for_a_single_call_and_quarantine_in_a_batch()
    {
        byte[] single = Encoding.Latin1.GetBytes("""{"userId":"é"}""");
        byte[] batch = Encoding.Latin1.GetBytes("""{"batch":[{"type":"page","userId":"é"},{"type":"page","userId":"e"}]}""");

        Assert.StartsWith(
            "The body holds bytes that are not UTF-8",
            (await _host.PostAsync("/v1/page", single)).Detail(HttpStatusCode.BadRequest),
            StringComparison.Ordinal
        );
        (await _host.PostAsync("/v1/batch", batch)).IsSuccess();

        Assert.Single(_host.Events);
        Assert.Single(_host.Quarantined);
    }

    [Fact]
    public async Task Strict_mode_lists_each_fault_and_keeps_nothing()
    {
        var answer = await _host.PostAsync(
            "/v1/batch",
            """{"batch":[{"type":"page","userId":"u"},{"type":"purchase","userId":"u"},{"type":"track","userId":"u"}]}""",
            request => request.Headers.Add("X-Strict-Mode", "1")
        );

        var problem = answer.IsProblem(HttpStatusCode.BadRequest);
        Assert.Equal("2 of 3 events cannot be understood; strict mode kept none of them.", problem.GetProperty("detail").GetString());
        Assert.Equal(
            [
                (1, "batch[1].type", "'purchase'", "track, identify, page, screen, group or alias"),
                (2, "batch[2].event", "nothing", "the name that a track needs"),
            ],
            problem
                .GetProperty("faults")
                .EnumerateArray()
                .Select(fault =>
                    (
                        fault.GetProperty("index").GetInt32(),
                        fault.GetProperty("path").GetString()!,
                        fault.GetProperty("found").GetString()!,
                        fault.GetProperty("expected").GetString()!
                    )
                )
        );
        Assert.Empty(_host.Events);
    }

    [Fact]
    public async Task Strict_mode_takes_a_batch_without_faults()
    {
        (
            await _host.PostAsync(
                "/v1/batch",
                """{"batch":[{"type":"page","userId":"u"}]}""",
                request => request.Headers.Add("X-Strict-Mode", "1")
            )
        ).IsSuccess();

        Assert.Single(_host.Events);
    }

    [Theory]
    [InlineData("GET", "/v1/track")]
    [InlineData("HEAD", "/v1/batch")]
    [InlineData("PUT", "/v1/t")]
    [InlineData("GET", "/v1/cloudevents")]
    public async Task Other_methods_are_answered_405(string method, string path)
    {
        using var response = await _host.Client.SendAsync(
            new HttpRequestMessage(new HttpMethod(method), path),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Mutated_bodies_never_break_the_server()
    {
        const string Good = """
            {"batch":[{"type":"track","messageId":"m","userId":"u\u0031","event":"E","timestamp":"2025-06-01T11:00:00Z","properties":{"a":[1,2.5e3,"\ud83d\ude00"],"b":null},
            "context":{"groupId":"g","locale":"fr","library":{"name":"n","version":"1"}}},{"type":"alias","userId":7,"previousId":"p"}],"sentAt":"2025-06-01T12:00:00Z","context":{"locale":"en"},"writeKey":"write-key-1"}
            """;
        string[] paths = ["/v1/batch", "/v1/import", "/v1/track", "/v1/g", "/v1/cloudevents"];
        byte[][] sources = [Encoding.UTF8.GetBytes(Good), IngestionHost.Gzip(Good)];
        var random = new Random(20250601);

        for (int round = 0; round < 2000; round++)
        {
            byte[] body = Mutate(sources[round % 10 == 0 ? 1 : 0], random);
            string path = paths[random.Next(paths.Length)];
            var answer = await _host.PostAsync(
                path,
                body,
                request =>
                {
                    if (random.Next(2) == 0)
                        request.Content!.Headers.ContentType = new("application/cloudevents-batch+json");
                }
            );
            Assert.True(
                answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized,
                $"round {round}, {path}: {answer.Status} for {Convert.ToBase64String(body)}"
            );
        }

        Assert.All(_host.Events, usage => Assert.InRange(usage.Timestamp, EventLimits.Earliest, IngestionHost.Now));
    }

    private static byte[] Mutate(byte[] source, Random random)
    {
        var body = new List<byte>(source);
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(body.Count);
            switch (random.Next(5))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.Insert(at, "{}[],:\"\\u0\xFF"u8[random.Next(11)]);
                    break;
                case 2:
                    body.RemoveAt(at);
                    break;
                case 3:
                    body.RemoveRange(at, Math.Min(random.Next(20), body.Count - at));
                    break;
                default:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(40), body.Count - at)));
                    break;
            }
            if (body.Count == 0)
                body.Add((byte)'{');
        }
        return [.. body];
    }
}
