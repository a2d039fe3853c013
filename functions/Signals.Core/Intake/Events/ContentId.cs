using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Signals.Core.Intake.Events;

/// <summary>
/// The message id of an event that was sent without one. With a time, it is a hash of what the event says, so that sending it again is a
/// duplicate; what changes between two sendings (<c>sentAt</c>, context) is left out. Without a time, nothing tells two events alike from
/// one that was sent twice: each is an event of its own, as with Segment.
/// </summary>
/// <remarks>
/// History is read again where an import was broken off, so that there an event without a time is known by its content and the UTC day it
/// was received on.
/// </remarks>
internal static class ContentId
{
    private const int HashBytes = 16;

    public static string Of(UsageEvent usage, long? happened)
    {
        if (happened is null && !usage.Imported)
            return "received-" + Guid.CreateVersion7(usage.ReceivedAt).ToString("N");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendNumber(hash, (long)usage.Type);
        AppendNumber(hash, happened ?? long.MinValue + usage.ReceivedAt.UtcDateTime.Date.Ticks);
        AppendText(hash, usage.UserId);
        AppendText(hash, usage.AnonymousId);
        AppendText(hash, usage.GroupId);
        AppendText(hash, usage.PreviousId);
        AppendText(hash, usage.Name);
        hash.AppendData(usage.Payload.Span);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return "content-" + Convert.ToHexStringLower(digest[..HashBytes]);
    }

    private static void AppendText(IncrementalHash hash, string? text)
    {
        AppendNumber(hash, text?.Length ?? -1);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void AppendNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
