using System.Text.Json;
using Signals.Audit;

// Looks at everything that was restored: licences, and what `dotnet list package --vulnerable --format json` wrote to standard input.
// Exit code 1: a licence that may not come in, or a known fault. Usage: Signals.Audit FOLDER
if (args is not [var root])
{
    Console.Error.WriteLine($"Found {args.Length} arguments, expected the repository's folder.");
    return 1;
}
var dependencies = Dependencies.Read(root);
if (dependencies.Count == 0)
{
    Console.Error.WriteLine("Found no package at all; expected a repository that was restored.");
    return 1;
}
var rules = LicenceRules.Read(Path.Combine(root, ".ci", "licences.json"));
string[] refused = [.. dependencies.Select(rules.FaultOf).OfType<string>()];
foreach (string fault in refused)
    Console.Error.WriteLine(fault);
Console.WriteLine(
    $"{dependencies.Count} packages, {dependencies.Count(dependency => dependency.IsShipped)} of them shipped: {refused.Length} with a licence that may not come in."
);

using var report = await JsonDocument.ParseAsync(Console.OpenStandardInput());
var known = KnownFaults.Read(report.RootElement);
foreach (string fault in known)
    Console.Error.WriteLine(fault);
bool isTold = false;
using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
foreach (string source in KnownFaults.SourcesOf(report.RootElement))
    isTold |= await TellsFaultsAsync(client, source);
Console.WriteLine(
    isTold ? $"{known.Count} known faults in packages."
    : known.Count > 0 ? $"{known.Count} known faults in packages, though the source has no list of them."
    : "Known faults in packages were not looked for: this NuGet source has no list of them."
);
return refused.Length + known.Count > 0 ? 1 : 0;

static async Task<bool> TellsFaultsAsync(HttpClient client, string source)
{
    if (!source.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        return false;
    try
    {
        using var index = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(source)));
        return KnownFaults.TellsFaults(index.RootElement);
    }
    catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or JsonException)
    {
        Console.Error.WriteLine($"A NuGet source could not be asked whether it lists known faults: {fault.Message}");
        return false;
    }
}
