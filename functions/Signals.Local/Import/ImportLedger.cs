using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>
/// Which files were imported: ids of events are remembered for a week, and a file that came again after that would count twice. Kept as
/// <c>imports.json</c> beside what it was imported into.
/// </summary>
internal sealed class ImportLedger(string folder)
{
    private const string FileName = "imports.json";
    private const int LooksAt = 64 * 1024;

    /// <summary>When a file with these bytes was imported; null when it was not.</summary>
    public DateTimeOffset? Find(string fingerprint) => Read().LastOrDefault(entry => entry.Fingerprint == fingerprint)?.At;

    public void Add(IEnumerable<(string Name, string Fingerprint)> files, DateTimeOffset at)
    {
        var entries = Read();
        entries.AddRange(files.Select(file => new LedgerEntry(file.Name, file.Fingerprint, at)));
        PrivateFiles.Folder(folder);
        PrivateFiles.Write(
            Path.Combine(folder, FileName),
            file => JsonSerializer.Serialize(file, entries, LedgerJson.Default.ListLedgerEntry)
        );
    }

    /// <summary>What tells a file from others: its length, how it begins and how it ends.</summary>
    public static string FingerprintOf(string path)
    {
        using var file = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] part = new byte[LooksAt];
        hash.AppendData(part.AsSpan(0, file.ReadAtLeast(part, LooksAt, throwOnEndOfStream: false)));
        file.Position = Math.Max(file.Position, file.Length - LooksAt);
        hash.AppendData(part.AsSpan(0, file.ReadAtLeast(part, LooksAt, throwOnEndOfStream: false)));
        hash.AppendData(BitConverter.GetBytes(file.Length));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private List<LedgerEntry> Read()
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LedgerJson.Default.ListLedgerEntry) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

internal sealed record LedgerEntry(string Name, string Fingerprint, DateTimeOffset At);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(List<LedgerEntry>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
