using System.IO.Compression;
using Signals.Local.Backtest;

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
    /// <see cref="BadInputException"/> for a path that is not there, and a zip that cannot be read.
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
                throw new BadInputException($"{path}: found no such file or folder, expected events.");
        }
        return sources;

        bool IsShown(string file) =>
            !file.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') && part.Trim('.').Length > 0);
    }

    /// <summary>
    /// Opens it, expanded. The stream is the caller's; <paramref name="position"/> tells how far it was read in the file, from its
    /// beginning there.
    /// </summary>
    public Stream Open(out Func<long> position)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 256 * 1024, FileOptions.SequentialScan);
        if (_entry is null)
        {
            position = () => file.Position;
            return Expand(file);
        }
        var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var entry = zip.GetEntry(_entry)!.Open();
        long start = file.Position;
        position = () => file.Position - start;
        return Expand(entry, zip);
    }

    private static Stream Expand(Stream stream, IDisposable? around = null)
    {
        byte[] start = new byte[GzipMagic.Length];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new StartedStream(start.AsMemory(0, read), stream, around);
        return start.AsSpan(0, read).SequenceEqual(GzipMagic) ? new GZipStream(whole, CompressionMode.Decompress) : whole;
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
            throw new BadInputException(
                $"{path}: found what cannot be read ({fault.Message.TrimEnd('.')}), expected a file or a zip.",
                fault
            );
        }
    }

    /// <summary>Events shrink to about a tenth.</summary>
    private const int TypicalGzip = 10;
}
