using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Signals.Functions.Hosting;

namespace Signals.Functions.Tests;

/// <summary>The settings of <c>local.settings.sample.json</c>, as a worker gets them.</summary>
internal static class SampleSettings
{
    public static readonly string AppFolder = AppContext.BaseDirectory;

    private static readonly JsonObject Sample = JsonNode
        .Parse(File.ReadAllText(Path.Combine(AppFolder, "local.settings.sample.json")))!
        .AsObject();

    public static IReadOnlyDictionary<string, string> Values => Sample[nameof(Values)].Deserialize<Dictionary<string, string>>()!;

    /// <summary>The sample's values, with what a team adds to them: its model and a mail key.</summary>
    public static Dictionary<string, string> Complete =>
        new(Values, StringComparer.OrdinalIgnoreCase)
        {
            ["Signals__ModelFile"] = "nimbus.json",
            ["Signals__SendGridApiKey"] = "SG.for-tests",
        };

    public static IReadOnlyDictionary<string, string> Explained => Sample[nameof(Explained)].Deserialize<Dictionary<string, string>>()!;

    /// <summary>As the environment gives them to the worker; <paramref name="changes"/> replace or add.</summary>
    public static IConfiguration Configuration(params IEnumerable<(string Name, string Value)> changes)
    {
        var values = Complete;
        foreach (var (name, value) in changes)
            values[name] = value;
        return new ConfigurationBuilder()
            .AddInMemoryCollection(
                values.Select(setting =>
                    KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)
                )
            )
            .Build();
    }

    public static AppSettings Read(params IEnumerable<(string Name, string Value)> changes) =>
        AppSettings.Read(Configuration(changes), AppFolder);
}
