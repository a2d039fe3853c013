using System.IO.Compression;

namespace Signals.Local.Import;

/// <summary>
/// One stream of events: a file, plain or gzip, or an entry of a zip, which may be gzip again. What it begins with decides, whatever it is
/// called.
/// </summary>
public sealed class ImportSource
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> ZipMagic => "PK\x03\x04"u8;

    private readonly string? _entry;

    private ImportSource(string path, string? entry, long bytes, long expanded)
    {
        Path = path;
        _entry = entry;
        Bytes = bytes;
        ExpandedBytes = expanded;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What faults call it: the file, and the entry of a zip.</summary>
    public string Name => _entry is null ? Path : $"{Path}!{_entry}";

    /// <summary>How large it is as it lies there, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>How large it is about, expanded.</summary>
    public long ExpandedBytes { get; }

    /// <summary>
    /// What the paths hold: files, and of folders every file in them, by name. Hidden ones are passed over. Throws
    /// <see cref="Backtest.BadInputException"/> for a path that is not there, and a zip that cannot be read.
    /// </summary>
    public static IReadOnlyList<ImportSource> Find(IReadOnlyList<string> paths)
    {
        var sources = new List<ImportSource>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (
                    string file in Directory
                        .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                        .Order(StringComparer.Ordinal)
                        .Where(IsShown)
                )
                    sources.AddRange(Open(file));
            }
            else if (File.Exists(path))
                sources.AddRange(Open(path));
            else
                throw new Backtest.BadInputException($"{path}: found no such file or folder, expected events.");
        }
        return sources;

        bool IsShown(string file) =>
            !file.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') && part.Trim('.').Length > 0);
    }

    /// <summary>Opens it, expanded. The stream is the caller's; <paramref name="position"/> tells how far the file itself was
    /// read.</summary>
    public Stream Open(out Func<long> position)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 256 * 1024, FileOptions.SequentialScan);
        if (_entry is null)
        {
            position = () => file.Position;
            return Expand(file, file);
        }
        var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var entry = zip.GetEntry(_entry)!;
        var counted = new CountedStream(entry.Open(), zip, entry.Length);
        position = () => Math.Min(Bytes, (long)(counted.Count * ((double)Bytes / Math.Max(1, counted.Length))));
        return Expand(counted, null);
    }

    private static Stream Expand(Stream stream, FileStream? seekable)
    {
        if (seekable is not null)
        {
            Span<byte> start = stackalloc byte[2];
            int read = seekable.ReadAtLeast(start, 2, throwOnEndOfStream: false);
            seekable.Position = 0;
            return start[..read].SequenceEqual(GzipMagic) ? new GZipStream(seekable, CompressionMode.Decompress) : seekable;
        }
        byte[] first = new byte[2];
        int length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        var whole = new StartedStream(first.AsMemory(0, length), stream);
        return first.AsSpan(0, length).SequenceEqual(GzipMagic) ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private static IEnumerable<ImportSource> Open(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[4];
            int read = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
            if (start[..read].SequenceEqual(ZipMagic))
            {
                file.Position = 0;
                using var zip = new ZipArchive(file, ZipArchiveMode.Read);
                return
                [
                    .. zip
                        .Entries.Where(entry =>
                            entry.Length > 0
                            && !entry.Name.StartsWith('.')
                            && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
                        )
                        .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                        .Select(entry => new ImportSource(
                            path,
                            entry.FullName,
                            entry.CompressedLength,
                            entry.Length * (entry.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? TypicalGzip : 1)
                        )),
                ];
            }
            bool isGzip = read >= 2 && start[..2].SequenceEqual(GzipMagic);
            return [new ImportSource(path, null, file.Length, file.Length * (isGzip ? TypicalGzip : 1))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new Backtest.BadInputException(
                $"{path}: found what cannot be read ({fault.Message.TrimEnd('.')}), expected a file or a zip.",
                fault
            );
        }
    }

    /// <summary>Events shrink to about a tenth.</summary>
    private const int TypicalGzip = 10;

    /// <summary>An entry of a zip, which tells no place of its own; closing it closes the zip.</summary>
    private sealed class CountedStream(Stream inner, ZipArchive zip, long length) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            Count += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                zip.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
