using System.Buffers.Binary;
using System.IO.Compression;

namespace Signals.Local.Backtest;

/// <summary>A file of one JSON event a line, plain or gzip; what it begins with decides, whatever it is called.</summary>
public sealed class EventFile : IDisposable
{
    private const int BufferBytes = 256 * 1024;
    private const int HeaderBytes = 2;
    private const int LeastGzipBytes = 18;

    private readonly FileStream _file;
    private readonly bool _isGzip;

    private EventFile(string path, FileStream file, bool isGzip)
    {
        _file = file;
        _isGzip = isGzip;
        Path = path;
        Lines = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public string Path { get; }

    /// <summary>The lines, decompressed.</summary>
    public Stream Lines { get; }

    /// <summary>Bytes of the file itself.</summary>
    public long Length => _file.Length;

    /// <summary>How far the file itself was read.</summary>
    public long Position => _file.Position;

    /// <summary>Throws <see cref="BadInputException"/> when there is no such file, or it is not the gzip it is named as.</summary>
    public static EventFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferBytes, FileOptions.SequentialScan);
            Span<byte> start = stackalloc byte[HeaderBytes];
            int read = file.ReadAtLeast(start, HeaderBytes, throwOnEndOfStream: false);
            file.Position = 0;
            bool isGzip = start.SequenceEqual<byte>([0x1F, 0x8B]);
            if (!isGzip && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                string found = read == 0 ? "nothing" : $"a file that begins with {Convert.ToHexString(start[..read])}";
                throw new BadInputException($"{path}: found {found}, expected gzip, which begins with 1F8B.");
            }
            return new EventFile(path, file, isGzip);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: found no file, expected events, one JSON object a line.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            file?.Dispose();
            throw new BadInputException($"{path}: found what cannot be read ({fault.Message.TrimEnd('.')}), expected a file.", fault);
        }
        catch (BadInputException)
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Call at the end of the lines: throws <see cref="InvalidDataException"/> when the file was cut off, which decompression alone takes
    /// for an end.
    /// </summary>
    /// <param name="expanded">How many bytes there were, decompressed.</param>
    /// <param name="endsInLine">True when the last of them was no end of a line.</param>
    /// <remarks>
    /// Gzip ends with its length (RFC 1952). Where members are strung together that is the last one's, which is less than all; so a length
    /// that differs only tells together with a line that breaks off.
    /// </remarks>
    public void CheckWhole(long expanded, bool endsInLine)
    {
        if (!_isGzip)
            return;
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        if (_file.Length >= LeastGzipBytes)
        {
            RandomAccess.Read(_file.SafeFileHandle, trailer, _file.Length - trailer.Length);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
            if (length == unchecked((uint)expanded) || (length < expanded && !endsInLine))
                return;
        }
        throw new InvalidDataException("it is cut off");
    }

    public void Dispose()
    {
        Lines.Dispose();
        _file.Dispose();
    }
}
