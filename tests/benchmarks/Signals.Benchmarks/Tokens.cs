using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

namespace Signals.Benchmarks;

/// <summary>Reading every token of JSON and keeping none: what any reader of events has to do.</summary>
internal static class Tokens
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Counts the tokens of each line of a gzipped file.</summary>
    public static long InLinesOf(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        long tokens = 0;
        int held = 0;
        while (stream.Read(block, held, block.Length - held) is > 0 and int read)
        {
            int end = held + read,
                start = 0;
            while (block.AsSpan(start, end - start).IndexOf((byte)'\n') is >= 0 and int length)
            {
                tokens += In(new ReadOnlySequence<byte>(block, start, length));
                start += length + 1;
            }
            held = end - start;
            block.AsSpan(start, held).CopyTo(block);
        }
        ArrayPool<byte>.Shared.Return(block);
        return tokens;
    }

    public static long In(ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        long tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }
}
