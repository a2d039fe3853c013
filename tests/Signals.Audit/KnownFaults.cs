using System.Text.Json;

namespace Signals.Audit;

/// <summary>What <c>dotnet list package --vulnerable --format json</c> found.</summary>
public static class KnownFaults
{
    /// <summary>Each package with a known fault, with how bad it is and where it is described.</summary>
    public static IReadOnlyList<string> Read(JsonElement report) =>
        [
            .. report
                .GetProperty("projects")
                .EnumerateArray()
                .SelectMany(project => Arrays(project, "frameworks"))
                .SelectMany(framework => Arrays(framework, "topLevelPackages").Concat(Arrays(framework, "transitivePackages")))
                .SelectMany(package => Arrays(package, "vulnerabilities").Select(fault => Line(package, fault)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The sources that were asked.</summary>
    public static IReadOnlyList<string> SourcesOf(JsonElement report) =>
        [.. Arrays(report, "sources").Select(source => source.GetString()!)];

    /// <summary>
    /// True when a source's index says that it has a list of known faults; one without it answers "none" whatever there is.
    /// </summary>
    public static bool TellsFaults(JsonElement index) =>
        Arrays(index, "resources")
            .Any(resource =>
                resource.TryGetProperty("@type", out var type)
                && type.ValueKind == JsonValueKind.String
                && type.GetString()!.StartsWith("VulnerabilityInfo/", StringComparison.Ordinal)
            );

    private static string Line(JsonElement package, JsonElement fault) =>
        $"{package.GetProperty("id").GetString()} {package.GetProperty("resolvedVersion").GetString()}: "
        + $"{fault.GetProperty("severity").GetString()}, {fault.GetProperty("advisoryurl").GetString()}";

    private static JsonElement.ArrayEnumerator Arrays(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
