using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Signals.Local.Hosting;

/// <summary>
/// Counts connections, and has those over the limit told to come again (503, with <c>Retry-After</c>) and closed, while there are too many.
/// Probes are answered all the same: a busy app is not a dead one.
/// </summary>
internal sealed class ConnectionLimit(int most)
{
    private static readonly string Rest = 2.ToString(CultureInfo.InvariantCulture);

    private int _open;

    /// <summary>Notes each connection while it is open.</summary>
    public ConnectionDelegate Count(ConnectionDelegate next) =>
        async connection =>
        {
            if (Interlocked.Increment(ref _open) > most)
                connection.Features.Set(OverLimit.Instance);
            try
            {
                await next(connection);
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }
        };

    /// <summary>Answers a request that came by a connection too many.</summary>
    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        bool isOver = context.Features.Get<OverLimit>() is not null && Volatile.Read(ref _open) > most;
        if (!isOver || context.Request.Path.Value is "/healthz" or "/readyz")
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Rest;
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync("There are too many connections just now; come again.\n", context.RequestAborted);
    }

    private sealed class OverLimit
    {
        public static readonly OverLimit Instance = new();
    }
}
