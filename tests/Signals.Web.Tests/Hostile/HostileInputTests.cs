using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Hostile;

/// <summary>Bytes that no client of ours sends: whoever sent them is told so, and nothing fails.</summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly byte[] Cut = Encoding.UTF8.GetBytes(
        "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + SignalsHost.ApiToken
    );

    private static readonly byte[] PartInUtf7 = Encoding.UTF8.GetBytes(
        "--x\r\nContent-Disposition: form-data; name=\"token\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nx\r\n--x--\r\n"
    );

    private readonly SignalsHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, byte[]> Forms
    {
        get
        {
            var forms = new TheoryData<string, string, byte[]>();
            foreach (string path in (string[])["/signin", "/u/none", "/alerts/none/ack", "/pipeline/keys/create"])
            {
                forms.Add(path, Form + "; charset=utf-7", "token=x"u8.ToArray());
                forms.Add(path, Form + "; charset=nonsense", "token=x"u8.ToArray());
                forms.Add(path, Form, "token=%ff%fe&%00=%ud800"u8.ToArray());
                forms.Add(path, "multipart/form-data; boundary=x", Cut);
                forms.Add(path, "multipart/form-data; boundary=x", PartInUtf7);
                forms.Add(path, "multipart/form-data; boundary=x", "--x\r\n"u8.ToArray());
                forms.Add(path, "multipart/form-data", Cut);
            }
            return forms;
        }
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_that_cannot_be_read_is_refused_with_a_page(string path, string type, byte[] body)
    {
        var browser = await Dashboard.DashboardBrowser.SignedInAsync(_host);
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await browser.SendAsync(HttpMethod.Post, path, content);

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.Contains("<h1", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/v1/track", "ffffffffffffffff")]
    [InlineData("/v1/batch", "7fffffffffffffff")]
    [InlineData("/v1/import", "80000000")]
    [InlineData("/v1/history", "ffffffff")]
    [InlineData("/v1/cloudevents", "ffffffffffffffff")]
    [InlineData("/v1/track", "zz")]
    [InlineData("/api/suppressions", "ffffffffffffffff")]
    public async Task A_chunk_larger_than_any_number_is_refused_in_words(string path, string size)
    {
        string key = path.StartsWith("/api", StringComparison.Ordinal) ? SignalsHost.ApiToken : SignalsHost.WriteKey;

        string answer = await SendRawAsync(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
                + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("hunk", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ack", "{\"note\":\"\u00ff\u00fe\"}", "the body: found 'bytes that are not UTF-8'")]
    [InlineData("snooze", "{\"until\":\"\u00c3(\"}", "the body: found 'bytes that are not UTF-8'")]
    [InlineData("ack", """{"note":"\ud800"}""", "note: found 'half of a character'")]
    [InlineData("resolve", """{"reason":"\udfff"}""", "reason: found 'half of a character'")]
    [InlineData("snooze", """{"until":"\ud800"}""", "until: found 'half of a character'")]
    [InlineData("ack", """{"\ud800":1}""", "the body: found 'half of a character'")]
    public async Task An_answer_to_an_alert_in_bytes_that_are_no_text_is_refused_in_words(string call, string body, string detail)
    {
        await _host.SendAsync(
            SignalsHost.Person("u", new { email = "u@x.example" }),
            SignalsHost.Account("u", "acme", new { plan = "pro" }),
            SignalsHost.Track("u", "acme", "Import Failed"),
            SignalsHost.Track("u", "acme", "Import Failed"),
            SignalsHost.Track("u", "acme", "Import Failed")
        );
        await _host.SettleAsync();
        string id = (await _host.IdsAsync("/api/alerts"))[0];
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await _host.Client.PostAsync($"/api/alerts/{id}/{call}", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            detail,
            System
                .Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel))
                .RootElement.GetProperty("detail")
                .GetString(),
            StringComparison.Ordinal
        );
    }

    /// <summary>Found by <see cref="FuzzTests"/>, seeds 3611 and 163669: a document makes text of bytes that are none as late as it is asked.</summary>
    [Theory]
    [InlineData("/v1/history", "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"x\",\"times\u00c7mp\":1}")]
    [InlineData("/v1/history", "{\"event\":\"x\",\"properties\":{\"distinct_id\":\"\u00ff\"}}")]
    [InlineData("/v1/history", """{"event":"x","properties":{"distinct_id":"\ud800"}}""")]
    [InlineData("/api/erasures", "{\"userIds\":[\"\u00ad\"]}")]
    [InlineData("/api/erasures", """{"userIds":["\udfff"]}""")]
    [InlineData("/api/erasures", """{"\ud800":[]}""")]
    [InlineData("/regulations", "{\"regulationType\":\"\u00ff\"}")]
    [InlineData("/regulations", """{"regulationType":"\ud800"}""")]
    public async Task Text_that_is_none_is_refused_wherever_it_stands(string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        bool isIngestion = path.StartsWith("/v1", StringComparison.Ordinal);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", isIngestion ? SignalsHost.WriteKey : SignalsHost.ApiToken);

        using var response = await _host.Stranger.SendAsync(request, Cancel);

        // Ingestion sets a single event that can't be read aside, and takes the request.
        Assert.InRange((int)response.StatusCode, isIngestion ? 200 : 400, 422);
        Assert.NotEqual("", await response.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        var address = _host.Client.BaseAddress!;
        await client.ConnectAsync(address.Host, address.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }
}
