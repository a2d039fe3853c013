using System.Collections.Concurrent;
using Signals.Core.Model.Doors;

namespace Signals.Core.Model.Reading;

/// <summary>
/// What is known of services: a file each, written as a model writes a door of its own, and read by the same reader. A service more is a
/// file more.
/// </summary>
public static class DoorPresets
{
    private const string Prefix = "Doors/";
    private const string Suffix = ".json";

    private static readonly ConcurrentDictionary<string, Door> Read = new(StringComparer.Ordinal);

    /// <summary>The services' names, as <c>from</c> names them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        .. typeof(DoorPresets)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What is known of one of <see cref="Names"/>.</summary>
    public static Door Of(string name) => Read.GetOrAdd(name, Load);

    private static Door Load(string name)
    {
        using var resource =
            typeof(DoorPresets).Assembly.GetManifestResourceStream(Prefix + name + Suffix)
            ?? throw new ArgumentException($"Found '{name}', expected one of {string.Join(", ", Names)}.", nameof(name));
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        byte[] json = memory.ToArray();
        var faults = new Faults(() => throw new InvalidOperationException($"The file of '{name}' names what no door has."));
        var root =
            ModelText.Parse(json, out var broken) ?? throw new InvalidOperationException($"The file of '{name}' is no JSON: {broken}");
        var reader = new ObjectReader(new(root, ""), faults, new References(faults));
        var door = DoorsSection.ReadDoor(name, reader, isPreset: true);
        reader.Close();
        return faults.Any
            ? throw new InvalidOperationException($"The file of '{name}': {string.Join("; ", faults.InFileOrder(json))}")
            : door with
            {
                From = name,
            };
    }
}
