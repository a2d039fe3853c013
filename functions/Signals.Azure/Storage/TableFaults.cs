using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Storage;

/// <summary>Tells the service's answers and the client's exceptions apart by what the port's callers may do next.</summary>
internal static class TableFaults
{
    /// <summary>How long to rest when the service throttles and does not say how long.</summary>
    private static readonly TimeSpan BusyRest = TimeSpan.FromSeconds(5);

    public static bool IsTableMissing(RequestFailedException fault) => Is(fault, TableErrorCode.TableNotFound);

    /// <summary>The condition that did not hold, or null when the fault is something else.</summary>
    public static CommitResult? StatusOf(RequestFailedException fault, IReadOnlyList<EntityOperation> operations)
    {
        CommitStatus? status = fault.Status switch
        {
            409 when Is(fault, TableErrorCode.EntityAlreadyExists) => CommitStatus.AlreadyExists,
            404 when !IsTableMissing(fault) => CommitStatus.NotFound,
            412 => CommitStatus.ETagMismatch,
            _ => null,
        };
        if (status is null)
            return null;
        int? index = operations.Count == 1 ? 0 : (fault as TableTransactionFailedException)?.FailedTransactionActionIndex;
        return index >= 0 && index < operations.Count ? CommitResult.Failure(status.Value, index.Value) : null;
    }

    /// <summary>The first operation that cannot be done in an empty table, or -1.</summary>
    public static int FirstThatNeedsARow(IReadOnlyList<EntityOperation> operations)
    {
        for (int index = 0; index < operations.Count; index++)
        {
            if (operations[index].Kind is EntityOperationKind.Replace or EntityOperationKind.Delete)
                return index;
        }
        return -1;
    }

    /// <summary>The request itself is wrong and will be as wrong next time.</summary>
    public static bool IsRefusal(RequestFailedException fault) => fault.Status is 400 or 413;

    /// <summary>
    /// Everything but the caller's own stop may be otherwise in a while: a busy or unreachable service; a right that is missing, which
    /// after a deployment takes minutes to arrive; an answer that is none, for which the client has no exception of its own and throws any.
    /// </summary>
    public static bool IsPassing(Exception fault, CancellationToken cancellationToken) =>
        fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    public static TransientStoreException ToTransient(string deed, string table, Exception fault)
    {
        var answer = Answered(fault);
        return new TransientStoreException(
            $"Table '{table}' cannot be {deed} now: {Words(answer ?? fault)}",
            fault,
            answer is null ? null : RetryAfter(answer)
        );
    }

    /// <summary>The message's first line: the client's exceptions go on with all headers.</summary>
    public static string Words(Exception fault)
    {
        int end = fault.Message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? fault.Message : fault.Message[..end];
    }

    private static bool Is(RequestFailedException fault, TableErrorCode code) =>
        string.Equals(fault.ErrorCode, code.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The service's own answer, if one came in any of the tries.</summary>
    private static RequestFailedException? Answered(Exception fault) =>
        fault switch
        {
            RequestFailedException { Status: > 0 } answer => answer,
            AggregateException tries => tries.InnerExceptions.OfType<RequestFailedException>().LastOrDefault(answer => answer.Status > 0),
            _ => null,
        };

    private static TimeSpan? RetryAfter(RequestFailedException fault)
    {
        if (fault.Status is not (429 or 503))
            return null;
        return
            fault.GetRawResponse() is { } response
            && response.Headers.TryGetValue("Retry-After", out string? text)
            && int.TryParse(text, out int seconds)
            && seconds >= 0
            ? TimeSpan.FromSeconds(seconds)
            : BusyRest;
    }
}
