using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Signals.Web.Security;

/// <summary>
/// What the framework throws over a body that nobody can read. It has no one word for it: a chunk whose size overflows is an
/// <see cref="IOException"/>, a part that breaks off another, and a charset that is switched off a <see cref="NotSupportedException"/>.
/// </summary>
internal static class BrokenBody
{
    /// <summary>True for a chunk whose size no number holds, which the server does not call a bad request.</summary>
    public static bool IsChunk(Exception fault) => fault is IOException { InnerException: OverflowException };

    /// <summary>A form's fields; null when the body is none that can be read.</summary>
    public static async Task<IFormCollection?> ReadFormAsync(HttpContext context, FormOptions options)
    {
        try
        {
            return await context.Request.ReadFormAsync(options, context.RequestAborted);
        }
        catch (Exception fault)
            when (fault is InvalidDataException or IOException or NotSupportedException or ArgumentException
                && !context.RequestAborted.IsCancellationRequested
            )
        {
            return null;
        }
    }
}
