using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>Where an import is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportPhase>))]
public enum ImportPhase
{
    Reading,
    Names,
    Events,
    Reviews,
    Done,
}

/// <summary>
/// How far an import got, kept beside its spool: whoever goes on after a crash reads what was read after the last save once more, and
/// nothing is counted twice.
/// </summary>
public sealed record ImportState
{
    public const string FileName = "import.json";
    private const string FaultsName = "faults.txt";
    private const string ToldName = "told";

    /// <summary>Names the messages that bring the events, so that one that comes again is known.</summary>
    public required string Id { get; init; }

    /// <summary>The arrival of all its events, whenever they are folded.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>What is read, as it was when the import began.</summary>
    public required IReadOnlyList<ImportedFile> Files { get; init; }

    /// <summary>What was said of columns and groups, for each source that is a table: its name and its mapping.</summary>
    public IReadOnlyDictionary<string, string> Mappings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public int Partitions { get; init; } = 1;

    public ImportPhase Phase { get; init; }

    /// <summary>The source that is read, and how many of its objects were.</summary>
    public int Source { get; init; }

    public long Items { get; init; }

    public IReadOnlyList<long> Lengths { get; init; } = [];

    public long FaultsBytes { get; init; }

    /// <summary>Events that were read, objects with faults, and objects that say nothing of use.</summary>
    public long Events { get; init; }

    public long Faults { get; init; }

    public IReadOnlyDictionary<string, long> LeftOut { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Partitions of the phase's part that are wholly folded, and slices of the next one that are.</summary>
    public int Partition { get; init; }

    public int Slice { get; init; }

    /// <summary>Events of the spool that were folded or sent, in this phase and before.</summary>
    public long Folded { get; init; }

    /// <summary>People met in <see cref="ImportPhase.Events"/> so far.</summary>
    public long People { get; init; }

    /// <summary>The first and last moment of all events, in Unix milliseconds.</summary>
    public long? First { get; init; }

    public long? Last { get; init; }

    /// <summary>Sums of what was folded before this import, to tell what it brought.</summary>
    public long? FoldedBefore { get; init; }

    public long? DuplicatesBefore { get; init; }

    public static string FaultsPath(string folder) => Path.Combine(folder, FaultsName);

    public static string ToldPath(string folder) => Path.Combine(folder, ToldName);

    /// <summary>The state of an import that did not end; null where there is none, or none that can be read.</summary>
    public static ImportState? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ImportJson.Default.ImportState) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it, in place of the last one as a whole.</summary>
    public void Save(string folder) =>
        PrivateFiles.Write(Path.Combine(folder, FileName), file => JsonSerializer.Serialize(file, this, ImportJson.Default.ImportState));
}

/// <summary>A file as it was: its name, length, and when it was changed last.</summary>
public sealed record ImportedFile(string Name, long Bytes, DateTimeOffset ChangedAt)
{
    public static ImportedFile Of(ImportSource source) =>
        new(source.Name, source.Bytes, new DateTimeOffset(File.GetLastWriteTimeUtc(source.Path), TimeSpan.Zero));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ImportState))]
internal sealed partial class ImportJson : JsonSerializerContext;
