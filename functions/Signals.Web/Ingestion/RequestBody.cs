using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Signals.Core.Intake.Ingestion;
using Signals.Web.Security;

namespace Signals.Web.Ingestion;

/// <summary>
/// Reads a request's body into a pooled buffer and expands it when it is gzip, whatever the headers say: some SDKs compress under
/// a plain content type, and some proxies expand and leave the header. Both sizes are held to the limit while bytes come in.
/// </summary>
internal static class RequestBody
{
    private const int ChunkBytes = 16 * 1024;
    private const int LeastGzipBytes = 18;

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>
    /// The whole body, for the caller to dispose. It grows with what comes: a sender's word for the size is no reason to set memory aside.
    /// Throws <see cref="IngestionRefusal"/>.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most it may hold, expanded.</param>
    /// <param name="cancellationToken">The sender left.</param>
    /// <param name="share">What the body takes of the memory for all; null where that is not counted.</param>
    public static async Task<PooledBuffer> ReadAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancellationToken,
        BodyBudget.BodyShare? share = null
    )
    {
        if (request.ContentLength > maxBytes)
            throw IngestionRefusal.TooLarge(maxBytes);
        var body = new PooledBuffer(ChunkBytes);
        try
        {
            await FillAsync(body, request.Body, maxBytes, cancellationToken, share);
            if (!body.Written.Span.StartsWith(GzipMagic))
                return body;
            var expanded = await ExpandAsync(body, maxBytes, cancellationToken);
            share?.Cover(expanded);
            body.Dispose();
            return expanded;
        }
        catch (IOException fault) when (BrokenBody.IsChunk(fault))
        {
            body.Dispose();
            throw IngestionRefusal.BadRequest("The body cannot be read: a chunk's size is no number of bytes that could come.", fault);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static async Task<PooledBuffer> ExpandAsync(PooledBuffer compressed, int maxBytes, CancellationToken cancellationToken)
    {
        var expanded = new PooledBuffer(Math.Min(compressed.Length * 8, maxBytes));
        try
        {
            using var memory = new MemoryStream(compressed.Written.ToArray(), writable: false);
            await using var gzip = new GZipStream(memory, CompressionMode.Decompress);
            await FillAsync(expanded, gzip, maxBytes, cancellationToken);
            if (IsTruncated(compressed.Written.Span, expanded.Length))
                throw new InvalidDataException("The gzip stream ends before its trailer.");
            return expanded;
        }
        catch (InvalidDataException fault)
        {
            expanded.Dispose();
            throw IngestionRefusal.BadRequest("The body is damaged or truncated gzip; expected whole gzip or plain JSON.", fault);
        }
        catch
        {
            expanded.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The framework's reader takes a stream that breaks off for a whole one. A whole one ends with its size (RFC 1952), which is
    /// at most what was expanded: less when several members follow one another.
    /// </summary>
    private static bool IsTruncated(ReadOnlySpan<byte> compressed, int expandedBytes) =>
        compressed.Length < LeastGzipBytes || BinaryPrimitives.ReadUInt32LittleEndian(compressed[^sizeof(uint)..]) > (uint)expandedBytes;

    private static async Task FillAsync(
        PooledBuffer body,
        Stream source,
        int maxBytes,
        CancellationToken cancellationToken,
        BodyBudget.BodyShare? share = null
    )
    {
        while (true)
        {
            var free = body.GetMemory(ChunkBytes);
            share?.Cover(body);
            int read = await source.ReadAsync(free, cancellationToken);
            if (read == 0)
                return;
            body.Advance(read);
            if (body.Length > maxBytes)
                throw IngestionRefusal.TooLarge(maxBytes);
        }
    }
}
