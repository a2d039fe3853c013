using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;

namespace Signals.Web.Tests.Api;

public sealed class SuppressionsApiTests : IAsyncLifetime
{
    private const string Path = "/api/suppressions";

    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_list_is_taken_over_and_given_out_and_the_trail_says_so()
    {
        using var answer = await PostAsync("email,created\nada@customer.example,1443651125\nnobody\n");
        using var exported = await SendAsync(HttpMethod.Get, null);

        using var done = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            """{"entries":1,"suppressed":1,"known":0,"faulty":1}""",
            JsonSerializer.Serialize(
                new
                {
                    entries = Number("entries"),
                    suppressed = Number("suppressed"),
                    known = Number("known"),
                    faulty = Number("faulty"),
                }
            )
        );
        var fault = Assert.Single(done.RootElement.GetProperty("faults").EnumerateArray());
        Assert.Equal(
            (3, true),
            (
                fault.GetProperty("line").GetInt32(),
                fault
                    .GetProperty("problem")
                    .GetString()!
                    .StartsWith("found \"nobody\", expected an e-mail address", StringComparison.Ordinal)
            )
        );
        string key = _host.Services.GetRequiredService<RecipientKey>().Of("ada@customer.example");
        Assert.Equal("text/csv", exported.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            $"email,created,reason,topic,recipient\r\n,2015-09-30T22:12:05Z,,all,{key}\r\n",
            await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        var trail = await _host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 10, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["suppressions.exported", "suppressions.imported"],
            trail.Entries.Select(entry => entry.Action).Order(StringComparer.Ordinal)
        );

        int Number(string name) => done.RootElement.GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("name,city\nAda,London\n", "text/csv", "found columns")]
    [InlineData("email\nada@customer.example\n", "application/json", "Content-Type")]
    public async Task What_is_no_list_is_refused(string body, string type, string told)
    {
        using var answer = await PostAsync(body, type);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_several_encodings_are_refused_before_anybody_is_taken()
    {
        using var body = new ByteArrayContent([.. "email,reason\nada@customer.example,é\n"u8, 0xe9, 0xff, (byte)'\n']);
        body.Headers.ContentType = new("text/csv");
        using var answer = await SendAsync(HttpMethod.Post, body);
        using var exported = await SendAsync(HttpMethod.Get, null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "email,created,reason,topic,recipient\r\n",
            await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Every_line_is_an_entry_or_a_fault_and_what_was_not_read_of_an_entry_is_noted()
    {
        using var answer = await PostAsync(
            "email;created\na@x.example;-99999999999\nb@x.example;31/01/2026\nc@x.example;05/06/07\nnobody;1\n"
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var done = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            (3, 1, 2),
            (
                done.RootElement.GetProperty("entries").GetInt32(),
                done.RootElement.GetProperty("faulty").GetInt32(),
                done.RootElement.GetProperty("noted").GetInt32()
            )
        );
        Assert.Equal([2, 4], done.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("line").GetInt32()));
    }

    private Task<HttpResponseMessage> PostAsync(string csv, string type = "text/csv") =>
        SendAsync(HttpMethod.Post, new StringContent(csv, Encoding.UTF8, type));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent? body) =>
        _host.Client.SendAsync(new HttpRequestMessage(method, Path) { Content = body }, TestContext.Current.CancellationToken);
}
