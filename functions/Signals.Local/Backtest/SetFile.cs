using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Local.Backtest;

/// <summary>A history and the model to judge it by, with paths seen from the file that names them.</summary>
public sealed record HistorySet(string Name, string Events, string Model);

/// <summary>Reads which histories a score is measured on: a JSON list of name, events and model.</summary>
public static class SetFile
{
    /// <summary>Throws <see cref="BadInputException"/> when there is no such list.</summary>
    public static IReadOnlyList<HistorySet> Read(string path)
    {
        try
        {
            var sets = JsonSerializer.Deserialize(File.ReadAllBytes(path), SetFileContext.Default.ListHistorySet);
            if (sets is not { Count: > 0 } || sets.Exists(set => set is not { Name: not null, Events: not null, Model: not null }))
                throw new BadInputException($"{path}: expected a list of sets, each with \"name\", \"events\" and \"model\".");
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return sets.ConvertAll(set => set with { Events = Path.Combine(folder, set.Events), Model = Path.Combine(folder, set.Model) });
        }
        catch (JsonException fault)
        {
            throw new BadInputException($"{path}: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: {fault.Message}");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(List<HistorySet>))]
internal sealed partial class SetFileContext : JsonSerializerContext;
