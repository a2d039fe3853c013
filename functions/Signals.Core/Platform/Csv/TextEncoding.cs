using System.Text;

namespace Signals.Core.Platform.Csv;

/// <summary>Finds out in which encoding a text file is, by all of its bytes: nothing of it is read by guess.</summary>
/// <param name="Encoding">Throws on bytes that are none of its own.</param>
/// <param name="KnowsLetters">
/// False for an 8-bit file: its ASCII is sure, and which letters its other bytes stand for is not, since nothing in the file tells.
/// </param>
internal sealed record TextEncoding(Encoding Encoding, bool KnowsLetters = true)
{
    private const int ChunkBytes = 64 * 1024;
    private const int WesternCodePage = 1252;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UTF32Encoding Utf32 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true);

    /// <summary>What files that are no text begin with.</summary>
    private static readonly (byte[] Begin, string Name)[] Others =
    [
        ([0x50, 0x4b, 0x03, 0x04], "a workbook or another archive"),
        ([0xd0, 0xcf, 0x11, 0xe0], "a workbook"),
        ([0x1f, 0x8b], "a compressed file"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF"),
    ];

    /// <summary>The encoding, and the stream at its start again; or null and what was found.</summary>
    /// <param name="file">Can seek.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(TextEncoding? Encoding, string Problem)> FindAsync(Stream file, CancellationToken cancellationToken)
    {
        var counts = new ByteCounts();
        byte[] chunk = new byte[ChunkBytes];
        file.Position = 0;
        for (int read; (read = await file.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, cancellationToken)) > 0; )
            counts.Add(chunk.AsSpan(0, read));
        if (Others.FirstOrDefault(other => counts.Begin.AsSpan().StartsWith(other.Begin)).Name is { } other)
            return (null, other);
        foreach (var candidate in Candidates(counts))
        {
            if (await FitsAsync(file, candidate.Encoding, chunk, cancellationToken))
            {
                file.Position = 0;
                return (candidate, "");
            }
        }
        return (null, "bytes that are neither UTF-8, UTF-16 nor one 8-bit encoding");
    }

    private static IEnumerable<TextEncoding> Candidates(ByteCounts counts)
    {
        if (counts.Begin is [0xff, 0xfe, 0, 0, ..])
            yield return new TextEncoding(Utf32);
        else if (counts.Begin is [0xff, 0xfe, ..])
            yield return new TextEncoding(Utf16);
        else if (counts.Begin is [0xfe, 0xff, ..])
            yield return new TextEncoding(Utf16BigEndian);
        else if (counts.Zeros[0] + counts.Zeros[1] > 0)
        {
            // Separators, ends of lines and addresses are ASCII: half of every such pair is zero, always the same one.
            if (IsMostly(counts.Zeros[1], counts.Zeros[0]))
                yield return new TextEncoding(Utf16);
            else if (IsMostly(counts.Zeros[0], counts.Zeros[1]))
                yield return new TextEncoding(Utf16BigEndian);

            bool IsMostly(long zeros, long others) => zeros >= counts.Length / 4 && others <= zeros / 20;
        }
        else
        {
            yield return new TextEncoding(Utf8);
            // Text of several encodings in one file has bytes that fit none.
            if (!counts.HoldsUtf8 && !counts.HoldsControls)
                yield return new TextEncoding(
                    CodePagesEncodingProvider.Instance.GetEncoding(
                        WesternCodePage,
                        EncoderFallback.ExceptionFallback,
                        DecoderFallback.ExceptionFallback
                    )!,
                    KnowsLetters: false
                );
        }
    }

    private static async Task<bool> FitsAsync(Stream file, Encoding encoding, byte[] chunk, CancellationToken cancellationToken)
    {
        var decoder = encoding.GetDecoder();
        char[] chars = new char[encoding.GetMaxCharCount(chunk.Length)];
        file.Position = 0;
        try
        {
            int read;
            do
            {
                read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken);
                decoder.GetChars(chunk.AsSpan(0, read), chars, flush: read < chunk.Length);
            } while (read == chunk.Length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>What bytes a file holds.</summary>
    private sealed class ByteCounts
    {
        private byte _last;

        public byte[] Begin { get; private set; } = [];

        public long Length { get; private set; }

        /// <summary>At even places and at odd ones.</summary>
        public long[] Zeros { get; } = new long[2];

        /// <summary>True where two bytes stand that are a letter in UTF-8 and hardly ever follow each other in another encoding.</summary>
        public bool HoldsUtf8 { get; private set; }

        /// <summary>True where a byte is no text in any 8-bit encoding.</summary>
        public bool HoldsControls { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            if (Length == 0)
                Begin = bytes[..Math.Min(bytes.Length, 4)].ToArray();
            foreach (byte b in bytes)
            {
                if (b == 0)
                    Zeros[Length & 1]++;
                HoldsControls |= b is < 0x20 and not (0x09 or 0x0a or 0x0c or 0x0d) or 0x7f or 0x81 or 0x8d or 0x8f or 0x90 or 0x9d;
                HoldsUtf8 |= _last is >= 0xc2 and <= 0xef && b is >= 0x80 and <= 0xbf;
                _last = b;
                Length++;
            }
        }
    }
}
