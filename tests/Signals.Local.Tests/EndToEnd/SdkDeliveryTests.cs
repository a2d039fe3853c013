using System.Diagnostics;
using System.Text.Json;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>Real SDKs from npm, given nothing but host and key, deliver to the built app.</summary>
public sealed class SdkDeliveryTests : IDisposable
{
    private static readonly string Clients = Path.Combine(Repository.Root, "tests", "clients");

    private readonly string _data = Directory.CreateTempSubdirectory("signals-sdks-").FullName;

    [Fact]
    public async Task Every_event_of_every_SDK_arrives()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Clients, "node_modules")),
            "The SDKs are not installed: run 'npm install --no-save --omit=optional' in tests/clients."
        );
        await using var app = await SignalsProcess.ServeAsync(
            _data,
            Repository.Sample("nimbus.json"),
            TestContext.Current.CancellationToken
        );

        var totals = await DeliverAsync(app.Address);
        var counts = await app.DrainedAsync(TestContext.Current.CancellationToken);

        Assert.Empty(totals.Failures);
        Assert.True(totals.Sent > 100, $"{totals.Sent} events were sent.");
        Assert.Equal(totals.Sent, totals.Delivered);
        Assert.Equal(new PipelineCounts(totals.Sent, totals.Sent, 0, 0, 0, 0), counts);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task<Totals> DeliverAsync(Uri address)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Clients,
        };
        foreach (string argument in new[] { "deliver.mjs", address.ToString().TrimEnd('/'), SignalsProcess.WriteKey })
            start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Totals>(output.Trim().Split('\n')[^1], JsonSerializerOptions.Web)!;
    }

    private sealed record Totals(int Sent, int Delivered, string[] Failures);
}
