using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Testing;
using Signals.Web.Ingestion;

namespace Signals.Web.Tests.Ingestion;

/// <summary>The ingestion surface behind a real Kestrel on a free loopback port; what it takes in is recorded.</summary>
public sealed class IngestionHost : IAsyncLifetime
{
    public const string WriteKey = "write-key-1";

    public static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private WebApplication _app = null!;

    public RecordingQueue Queue { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Changes the limits of ingestion; set before it is started.</summary>
    public Action<IngestionOptions>? Configure { get; init; }

    /// <summary>All events that were taken, in order.</summary>
    public IReadOnlyList<UsageEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    /// <summary>All events that were quarantined, in order.</summary>
    public IReadOnlyList<QuarantinedEvent> Quarantined => [.. Batches.SelectMany(batch => batch.Quarantined)];

    private IEnumerable<EventBatch> Batches => Queue.Sent(QueueNames.Usage).Select(message => EventBatchCodec.Unpack(message.Body));

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new VirtualClock(Now));
        builder.Services.AddSingleton<IMessageQueue>(Queue);
        builder.Services.AddSingleton<IWriteKeys>(HashedWriteKeys.FromKeys(WriteKey));
        builder.Services.AddSingleton<MinuteCounts>();
        builder.Services.AddIngestion(Configure);
        _app = builder.Build();
        _app.MapIngestion();
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Posts with the write key as Basic user name, unless <paramref name="change"/> says otherwise.</summary>
    public async Task<Answer> PostAsync(string path, byte[] body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = Basic(WriteKey + ":");
        change?.Invoke(request);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> PostAsync(string path, string body, Action<HttpRequestMessage>? change = null) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), change);

    public static AuthenticationHeaderValue Basic(string credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    public static byte[] Gzip(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }
}
