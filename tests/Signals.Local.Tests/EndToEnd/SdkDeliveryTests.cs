using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>Real SDKs from npm, given nothing but host and keys, deliver to the built app.</summary>
public sealed class SdkDeliveryTests : IDisposable
{
    private const string BrowserKey = "end-to-end-page";

    private static readonly string Clients = Path.Combine(Repository.Root, "tests", "clients");

    private readonly string _data = Directory.CreateTempSubdirectory("signals-sdks-").FullName;

    [Fact]
    public async Task Every_event_of_every_SDK_arrives_and_is_counted_right()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Clients, "node_modules")),
            "The SDKs are not installed: run 'npm install --no-save --omit=optional' in tests/clients."
        );
        await using var app = await SignalsProcess.ServeAsync(
            _data,
            Repository.Sample("nimbus.json"),
            TestContext.Current.CancellationToken,
            new Dictionary<string, string> { ["SIGNALS_BROWSER_WRITE_KEY"] = BrowserKey }
        );

        var runs = await DeliverAsync(app.Address);
        var counts = await app.DrainedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(9, runs.Count);
        Assert.All(runs, run => Assert.Equal((run.Sent, ""), (run.Delivered, string.Join("; ", run.Failures))));
        int sent = runs.Sum(run => run.Sent);
        Assert.Equal(new PipelineCounts(sent, sent, 0, 0, 0, 0), counts);
        foreach (var run in runs)
        {
            var person = Assert.Single((await ReviewedAsync(app.Client, run.GroupId)).People);
            Assert.Equal((run.UserId, 40), (person.Id, person.Value.Window));
        }
        // CloudEvents do not say which library sent them.
        var seen = await app.Client.GetFromJsonAsync<Pipeline>(
            "/api/pipeline",
            JsonSerializerOptions.Web,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(8, seen!.Seen.Sdks.Count);
        Assert.Equal(sent - 40, seen.Seen.Sdks.Sum(sdk => sdk.Count));
        Assert.All(seen.Seen.Sdks, sdk => Assert.NotEmpty(sdk.Version));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task<IReadOnlyList<Delivery>> DeliverAsync(Uri address)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Clients,
        };
        foreach (string argument in new[] { "deliver.mjs", address.ToString(), SignalsProcess.WriteKey, BrowserKey })
            start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(
            node.ExitCode == 0,
            $"deliver.mjs ended with {node.ExitCode}; were its packages installed? (npm install in tests/clients)"
        );
        return [.. output.Trim().Split('\n').Select(line => JsonSerializer.Deserialize<Delivery>(line, JsonSerializerOptions.Web)!)];
    }

    private static async Task<Account> ReviewedAsync(HttpClient client, string id)
    {
        var answer = await client.PostAsync($"/api/accounts/{id}/review", null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Account>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }

    private sealed record Delivery(string Sdk, string UserId, string GroupId, int Sent, int Delivered, string[] Failures);

    private sealed record Account(IReadOnlyList<Person> People);

    private sealed record Person(string Id, Value Value);

    private sealed record Value(double Window);

    private sealed record Pipeline(Seen Seen);

    private sealed record Seen(IReadOnlyList<Sdk> Sdks);

    private sealed record Sdk(string Name, string Version, long Count);
}
