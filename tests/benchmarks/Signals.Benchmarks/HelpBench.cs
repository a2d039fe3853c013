using System.Globalization;
using System.Text;

namespace Signals.Benchmarks;

/// <summary>
/// Five thousand people who ask at once what would help them now, each with a token of their own and a checklist to show. Floor: the same
/// requests, answered without looking at anything. Once over two connections, where an answer waits for nothing but its own work.
/// </summary>
internal sealed class HelpBench : IBench
{
    public static string Name => "help";

    private const int Connections = 64;
    private const int FewConnections = 2;
    private const int People = 5_000;
    private const int Times = 4;

    private static readonly string ModelJson = MadeUp.ModelJson.Replace(
        "\"friction\":",
        """
        "onboarding": [{ "id": "find", "scope": "person", "done": ["Searched"] }, { "id": "keep", "scope": "person", "done": ["Listed"] },
                       { "id": "rate", "scope": "person", "done": ["Rated"] }],
        "outreach": { "checklist": true },
        "friction":
        """,
        StringComparison.Ordinal
    );

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var app = await Serving.AppAsync(run, cancellationToken, modelJson: ModelJson);
        await app.PostAsync("/v1/track", [.. MadeUp.Singles(4 * People, People)], Connections, cancellationToken);
        await app.FoldedAsync(cancellationToken);
        string key = (await app.ReadAsync("/api/help/key", cancellationToken)).GetProperty("key").GetString()!;
        var pages = Enumerable.Range(0, People).Select(person => Page(key, $"u{person}")).ToList();
        await ReviewedAsync(app, pages, cancellationToken);
        var many = Enumerable.Repeat(pages, Times).SelectMany(all => all).ToList();

        await using var floor = await Serving.FloorAsync(cancellationToken);
        await floor.AskAsync(pages, Connections, cancellationToken);
        var least = await floor.AskAsync(many, Connections, cancellationToken);
        var leastOfFew = await floor.AskAsync(pages, FewConnections, cancellationToken);
        await app.AskAsync(pages, Connections, cancellationToken);
        var asked = await app.AskAsync(many, Connections, cancellationToken);
        var askedByFew = await app.AskAsync(pages, FewConnections, cancellationToken);

        run.Add(
            new Figure(
                Name,
                $"{People:#,##0} people at once",
                new Amount(many.Count / asked.Wall, "requests/s"),
                new Amount(many.Count / least.Wall, "requests/s"),
                Goal.AtLeast(0.5)
            )
        );
        run.Add(new Figure(Name, "99 of 100, all at once, within", new Amount(asked.P99, "ms"), new Amount(least.P99, "ms")));
        run.Add(new Figure(Name, "99 of 100, two at a time, within", new Amount(askedByFew.P99, "ms"), new Amount(leastOfFew.P99, "ms")));
        run.Add(
            new Figure(
                Name,
                "server",
                new Amount(asked.Cpu / many.Count * 1e6, "CPU µs a request"),
                new Amount(least.Cpu / many.Count * 1e6, "CPU µs a request")
            )
        );
    }

    private static (string Path, string Bearer) Page(string key, string person)
    {
        string expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] mac = System.Security.Cryptography.HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key),
            Encoding.UTF8.GetBytes($"signals.help.v1\n{person}\n{expires}")
        );
        return ($"/v1/help?userId={person}", $"{expires}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}");
    }

    /// <summary>
    /// Waits until people have something to be shown: what nobody has is answered sooner. Reviews come some five minutes after events.
    /// </summary>
    private static async Task ReviewedAsync(
        Serving app,
        IReadOnlyList<(string Path, string Bearer)> pages,
        CancellationToken cancellationToken
    )
    {
        for (int i = 0; i < 600; i++)
        {
            var (path, bearer) = pages[^1];
            var answer = await app.ReadAsync(path, cancellationToken, bearer);
            if (answer.TryGetProperty("checklist", out var list) && list.ValueKind == System.Text.Json.JsonValueKind.Object)
                return;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
        throw new InvalidOperationException("Nobody has a checklist after ten minutes.");
    }
}
