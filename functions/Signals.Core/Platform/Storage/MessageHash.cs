using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Platform.Storage;

/// <summary>
/// Eight bytes of SHA-256: the form in which ids are remembered. Within one person's week of ids (100,000, say) two different ids
/// share a hash with a chance of about 3 in 10^10.
/// </summary>
public static class MessageHash
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        int size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        return Of(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
