using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Signals.Testing.FunctionsHost.Protocol;

namespace Signals.Testing.FunctionsHost;

/// <summary>The host's end of its stream with one worker: asks, and finds the answer that belongs to each question.</summary>
internal sealed class WorkerChannel : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker has said its first word.</summary>
    public Task Started => _started.Task;

    /// <summary>What the worker logged, with its level: 3 for a warning, 4 for an error.</summary>
    public ConcurrentQueue<(int Level, string Text)> Logs { get; } = new();

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        var writing = WriteAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
                Hear(message);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The worker has ended; whoever still waits for an answer is told below.
        }
        _toWorker.Writer.TryComplete();
        foreach (var asked in _asked.Values)
            asked.TrySetException(new IOException("The worker ended before it answered."));
        await writing;
    }

    public void Tell(StreamingMessage message) => _toWorker.Writer.TryWrite(message);

    /// <summary>Asks by the message's own id, or by its invocation's.</summary>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        string id = message.InvocationRequest?.InvocationId ?? Guid.NewGuid().ToString();
        message.RequestId = id;
        var answer = _asked[id] = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (!_toWorker.Writer.TryWrite(message))
                throw new IOException("The worker has ended.");
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _toWorker.Reader.ReadAllAsync(cancellationToken))
                await stream.WriteAsync(message, cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The worker has ended.
        }
    }

    private void Hear(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                _started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Logs.Enqueue(
                    (message.RpcLog.Level, $"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}")
                );
                break;
            default:
                string id = message.InvocationResponse?.InvocationId ?? message.RequestId;
                if (_asked.TryGetValue(id, out var asked))
                    asked.TrySetResult(message);
                break;
        }
    }
}
