using System.Net;
using System.Net.Sockets;
using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Messaging;

namespace Signals.Web.Tests.Ingestion;

/// <summary>More comes than can be taken: what is refused is refused early, in words, and can be sent again.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private const string Event = """{"userId":"u"}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IngestionHost _host = new()
    {
        Configure = options =>
        {
            options.RequestsAtOnce = 1;
            options.MaxQueuedBytes = 1024 * 1024;
            options.MaxKeylessBodyBytes = 8 * 1024 * 1024;
            options.MaxBacklogEvents = 100;
            options.BacklogRetryAfter = TimeSpan.FromSeconds(7);
        },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_full_backlog_is_answered_503_with_when_to_come_again()
    {
        await _host.Queue.SendAsync(QueueNames.Usage, [new OutgoingMessage("much", new byte[] { 1 }, Items: 101)], Cancel);
        // The first request has the backlog looked at, and waits for nobody.
        await _host.PostAsync("/v1/page", Event);

        var answer = await UntilAsync(answer => answer.Status == HttpStatusCode.ServiceUnavailable);

        Assert.Equal("7", answer.Headers["Retry-After"]);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("send the same again", answer.Detail(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_that_wait_for_the_disk_keep_other_batches_out_and_no_single_event()
    {
        await using var host = new IngestionHost { Configure = options => (options.RequestsAtOnce, options.MaxStoringBytes) = (1, 1) };
        await host.InitializeAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Queue.BeforeSend = () =>
        {
            asked.TrySetResult();
            return durable.Task;
        };
        // More than are let in with the next turns.
        const int many = 3;
        const string batch = """{"batch":[{"type":"page","userId":"u"}]}""";
        var stored = host.PostAsync("/v1/batch", batch);
        await asked.Task.WaitAsync(Patience, Cancel);

        var single = host.PostAsync("/v1/page", Event);
        var others = Enumerable.Range(0, many).Select(_ => host.PostAsync("/v1/batch", batch)).ToList();
        var refused = await (await Task.WhenAny(others).WaitAsync(Patience, Cancel));
        durable.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("2", refused.Headers["Retry-After"]);
        (await stored).IsSuccess();
        (await single).IsSuccess();
        await Task.WhenAll(others);
        (await host.PostAsync("/v1/batch", batch)).IsSuccess();
    }

    [Theory]
    [InlineData("/v1/history", "")]
    [InlineData("/v1/history", "Authorization: Bearer other\r\n")]
    [InlineData("/v1/import", "Authorization: Bearer other\r\n")]
    [InlineData("/v1/batch", "Authorization: Bearer other\r\n")]
    [InlineData("/v1/cloudevents", "")]
    [InlineData("/v1/cloudevents", "Authorization: Bearer other\r\n")]
    public async Task An_absent_or_wrong_key_is_refused_before_a_byte_of_the_body_came(string path, string key)
    {
        using var client = await ConnectAsync();
        await SendAsync(
            client,
            $"POST {path} HTTP/1.1\r\nHost: x\r\n{key}Content-Type: application/json\r\nContent-Length: 400000\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 401 ", await FirstBytesAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_senders_without_a_key_take_no_more_memory_than_what_they_sent()
    {
        var clients = new List<TcpClient>();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 50; i++)
        {
            var client = await ConnectAsync();
            clients.Add(client);
            await SendAsync(
                client,
                $"POST /v1/import HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {EventLimits.MaxImportBytes}\r\n\r\n[ "
            );
        }
        // Who comes after them has been read, and so have they.
        (await _host.PostAsync("/v1/page", Event)).IsSuccess();

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        clients.ForEach(client => client.Dispose());
        Assert.InRange(taken, long.MinValue, 10L * EventLimits.MaxImportBytes);
    }

    [Fact]
    public async Task Bodies_without_a_key_share_a_little_memory_and_those_with_one_are_taken_all_the_same()
    {
        var clients = new List<TcpClient>();
        byte[] most = new byte[EventLimits.MaxImportBytes - 1];
        most.AsSpan().Fill((byte)' ');
        for (int i = 0; i < 4; i++)
        {
            var client = await ConnectAsync();
            clients.Add(client);
            await SendAsync(
                client,
                $"POST /v1/import HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {EventLimits.MaxImportBytes}\r\n\r\n"
            );
            _ = SendAsync(client, most);
        }

        // One of the four is told to come again, and the others go on.
        string answer = await (await Task.WhenAny(clients.Select(FirstBytesAsync)).WaitAsync(Patience, Cancel));
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        (await _host.PostAsync("/v1/page", Event)).IsSuccess();
        clients.ForEach(client => client.Dispose());
    }

    private async Task<Answer> UntilAsync(Func<Answer, bool> met)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            var answer = await _host.PostAsync("/v1/page", Event);
            if (met(answer))
                return answer;
            await Task.Delay(10, patience.Token);
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port, Cancel);
        return client;
    }

    private static Task SendAsync(TcpClient client, string text) => SendAsync(client, Encoding.ASCII.GetBytes(text));

    private static async Task SendAsync(TcpClient client, byte[] bytes)
    {
        try
        {
            await client.GetStream().WriteAsync(bytes, Cancel);
        }
        catch (IOException)
        {
            // The server answered and closed before it had all of it.
        }
    }

    private static async Task<string> FirstBytesAsync(TcpClient client)
    {
        byte[] buffer = new byte[64];
        int read = await client.GetStream().ReadAsync(buffer, Cancel).AsTask().WaitAsync(Patience, Cancel);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
