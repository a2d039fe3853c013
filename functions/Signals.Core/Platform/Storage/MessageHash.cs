using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Platform.Storage;

/// <summary>
/// Eight bytes of SHA-256: the form in which ids are remembered. Within one person's week of ids (100,000, say) two different ids
/// share a hash with a chance of about 3 in 10^10.
/// </summary>
public static class MessageHash
{
    /// <summary>Odd numbers without a pattern: the first digits of the golden ratio and of pi.</summary>
    private const ulong QuickPrime = 0x9E3779B97F4A7C15;
    private const ulong QuickSeed = 0x243F6A8885A308D3;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        int size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : new byte[size];
        return Of(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    /// <summary>
    /// Eight bytes that spread as evenly and cost a tenth: for ids that are compared in memory and never kept, and that nobody gains by
    /// making two of alike.
    /// </summary>
    public static ulong Quick(ReadOnlySpan<char> text)
    {
        var rest = MemoryMarshal.AsBytes(text);
        ulong hash = Fold((ulong)rest.Length ^ QuickSeed, QuickPrime);
        for (; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), QuickPrime);
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        last.Clear();
        rest.CopyTo(last);
        return Fold(Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(last), QuickPrime), QuickSeed);
    }

    /// <summary>Both halves of the product of two numbers, laid over each other.</summary>
    private static ulong Fold(ulong a, ulong b) => Math.BigMul(a, b, out ulong low) ^ low;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
