using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Testing;
using Signals.Testing.Folding;
using Signals.Testing.Messaging;

namespace Signals.Core.Tests.Platform.Messaging;

public sealed class QueueTracesTests : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name is QueueTraces.Name or nameof(QueueTracesTests),
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public QueueTracesTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_send_for_several_requests_is_a_trace_of_its_own_that_leads_to_each_of_them()
    {
        using var source = new ActivitySource(nameof(QueueTracesTests));
        var queue = new InMemoryMessageQueue();
        var service = new IngestionService(
            queue,
            TimeProvider.System,
            new IngestionOptions(),
            new MinuteCounts(TimeProvider.System),
            NullLogger<IngestionService>.Instance
        );
        var blocked = new TaskCompletionSource();
        var sends = new List<Activity?>();
        queue.Probe.Before = async call =>
        {
            if (call.Kind != StoreCallKind.Send)
                return;
            lock (sends)
                sends.Add(Activity.Current);
            await blocked.Task;
        };
        var requests = new List<Activity>();

        Task Post()
        {
            Activity.Current = null;
            var request = source.StartActivity("request")!;
            requests.Add(request);
            return service.AcceptAsync(new EventBatch([EventOf.Track("u", "E")], []), TestContext.Current.CancellationToken);
        }

        var first = Post();
        var others = new[] { Post(), Post() };
        blocked.SetResult();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, sends.Count);
        Assert.All(sends, send => Assert.Equal(("send usage", ActivityKind.Producer), (send!.OperationName, send.Kind)));
        Assert.Equal([requests[0].Context], sends[0]!.Links.Select(link => link.Context));
        Assert.Equal(requests.Skip(1).Select(request => request.Context), sends[1]!.Links.Select(link => link.Context));
        Assert.DoesNotContain(sends[1]!.TraceId, requests.Select(request => request.TraceId));
    }

    [Fact]
    public void Handling_belongs_to_the_invocation_and_is_linked_to_each_send_once()
    {
        using var source = new ActivitySource(nameof(QueueTracesTests));
        using var invocation = source.StartActivity("invocation")!;
        const string Send = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        using var handling = QueueTraces.StartHandling(QueueNames.Reviews, [Message(Send), Message(Send), Message(null), Message("00-x")])!;

        Assert.Equal(invocation.SpanId, handling.ParentSpanId);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", Assert.Single(handling.Links).Context.TraceId.ToString());
        Assert.Equal(4, handling.GetTagItem("messaging.batch.message_count"));
    }

    private static QueueMessage Message(string? trace) =>
        new(QueueNames.Reviews, "m", ReadOnlyMemory<byte>.Empty, 1, 1, FoldApp.Noon, "lease") { TraceParent = trace };
}
