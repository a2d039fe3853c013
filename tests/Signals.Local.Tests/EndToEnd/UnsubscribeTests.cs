using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Signals.Local.Tests.Mail;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>
/// The built app, a mail from its outbox, a scanner that follows all that is in it, and a customer who has had enough while the next mail
/// is already queued.
/// </summary>
public sealed class UnsubscribeTests : IDisposable
{
    /// <summary>What a killed app had in hand waits for the end of its lease, a minute, on a machine that is busy besides.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly string _data = Directory.CreateTempSubdirectory("signals-unsubscribe-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Outbox => Path.Combine(_data, "outbox");

    [Fact]
    public async Task A_scanner_changes_nothing_and_after_one_POST_nothing_is_sent_not_even_what_was_queued()
    {
        string model = await ModelAsync();
        Uri oneClick;
        await using (var app = await SignalsProcess.ServeAsync(_data, model, Token))
        {
            await TellAsync(app, "ada", "Payment Failed");
            var mail = Assert.Single(await MailsToAsync("ada", 1));
            oneClick = mail.OneClick;

            string before = await StateAsync(app);
            await ScanAsync(app, mail);
            Assert.Equal(before, await StateAsync(app));

            await TellAsync(app, "ada", "Payment Succeeded", "Import Failed", "Import Failed");
            Assert.Equal(2, (await MailsToAsync("ada", 2)).Count);
        }

        // The queue stands still: there is no mail server where the app looks for one.
        await using (var app = await SignalsProcess.ServeAsync(_data, model, Token, NoMailServer()))
        {
            await TellAsync(app, "ada", "Cancel Viewed", "Cancel Viewed");
            await TellAsync(app, "bob", "Payment Failed");
            await UntilAsync(async () => (await OutreachAsync(app, "planned")).Count == 2, app);

            using var mailbox = new HttpClient { BaseAddress = app.Address };
            using var answer = await mailbox.PostAsync(
                oneClick.PathAndQuery,
                new StringContent("List-Unsubscribe=One-Click", Encoding.ASCII, "application/x-www-form-urlencoded"),
                Token
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(["ada@customer.example"], await SuppressedAsync(app));
            // Tried again meanwhile or not, it is not sent.
            Assert.NotEqual("sent", await StateOfAsync(app, "needs-changed"));
            Assert.Equal(2, (await OutreachAsync(app, "sent")).Count);
            await app.KillAsync();
        }

        await using (var app = await SignalsProcess.ServeAsync(_data, model, Token))
        {
            // Bob's mail shows that the queue goes on; Ada's came before it in the same queue.
            Assert.Single(await MailsToAsync("bob", 1));
            await UntilAsync(async () => (await OutreachAsync(app, "planned")).Count == 0, app);
            await TellAsync(app, "ada", "Old Feature Used");
            await UntilAsync(async () => await StateOfAsync(app, "feature-sunset") == "suppressed", app);

            // A mail that the sender had in hand when it was killed may have left for all that anybody knows: it is never tried again.
            string queued = await StateOfAsync(app, "needs-changed");
            Assert.True(queued is "suppressed" or "sending", queued);
            var suppressed = await OutreachAsync(app, "suppressed");
            Assert.Equal(queued == "suppressed" ? 2 : 1, suppressed.Count);
            Assert.All(suppressed, item => Assert.Equal(("ada", "the recipient unsubscribed"), (item.Person, item.Reason)));
            Assert.Equal(2, (await MailsToAsync("ada", 2)).Count);
        }
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// <summary>Opens everything that the mail links to on this machine, in every way that scanners and mail programs do.</summary>
    private static async Task ScanAsync(SignalsProcess app, MailFile mail)
    {
        var links = mail.Links;
        var own = links.Where(link => link.Authority == app.Address.Authority).ToList();
        Assert.Contains(mail.OneClick, own);
        Assert.Contains(new Uri("https://nimbus.example/billing"), links);
        Assert.All(links.Except(own), link => Assert.Equal("https://nimbus.example", link.GetLeftPart(UriPartial.Authority)));
        Assert.Contains(own, link => mail.Text.Contains(link.AbsoluteUri, StringComparison.Ordinal));
        Assert.Contains(own, link => mail.Html.Contains($"href=\"{link.AbsoluteUri}\"", StringComparison.Ordinal));
        using var scanner = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true, UseCookies = true });
        foreach (var link in own)
        {
            foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get, HttpMethod.Get, HttpMethod.Options })
            {
                using var request = new HttpRequestMessage(method, link);
                request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; LinkScanner/1.0)");
                request.Headers.Add("Sec-Purpose", "prefetch");
                using var response = await scanner.SendAsync(request, Token);
                Assert.True(
                    method == HttpMethod.Options || response.StatusCode == HttpStatusCode.OK,
                    $"{method} {link}: {response.StatusCode}"
                );
                string page = await response.Content.ReadAsStringAsync(Token);
                Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
                Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A customer does something, and is reviewed at once.</summary>
    private static async Task TellAsync(SignalsProcess app, string person, params string[] events)
    {
        string[] batch =
        [
            $$$"""{"type":"identify","userId":"{{{person}}}","traits":{"email":"{{{person}}}@customer.example","firstName":"{{{person}}}"}}""",
            .. events.Select(name => $$$"""{"type":"track","userId":"{{{person}}}","event":"{{{name}}}"}"""),
        ];
        string messages = string.Join(',', batch.Select(message => $"{{\"messageId\":\"{Guid.NewGuid()}\",{message[1..]}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent($"{{\"batch\":[{messages}]}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsProcess.WriteKey);
        using var response = await app.Client.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
        await app.DrainedAsync(Token);
        using var reviewed = await app.Client.PostAsync($"/api/accounts/{person}/review", null, Token);
        reviewed.EnsureSuccessStatusCode();
    }

    /// <summary>The mails to a person, once there are so many.</summary>
    private async Task<List<MailFile>> MailsToAsync(string person, int count)
    {
        List<MailFile> found = [];
        await UntilAsync(() =>
        {
            found =
            [
                .. Directory.Exists(Outbox)
                    ? Directory
                        .GetFiles(Outbox, "*.eml")
                        .Select(MailFile.Read)
                        .Where(mail => mail.To.Contains(person, StringComparison.Ordinal))
                    : [],
            ];
            return Task.FromResult(found.Count >= count);
        });
        return found;
    }

    /// <summary>Everything that a visit could have changed.</summary>
    private static async Task<string> StateAsync(SignalsProcess app) =>
        string.Join(
            '\n',
            await app.Client.GetStringAsync("/api/suppressions", Token),
            await app.Client.GetStringAsync("/api/outreach", Token),
            await app.Client.GetStringAsync("/api/accounts/ada/people", Token)
        );

    private static async Task<List<string>> SuppressedAsync(SignalsProcess app) =>
        [
            .. (await app.Client.GetStringAsync("/api/suppressions", Token))
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.Split(',')[0]),
        ];

    private static async Task<string> StateOfAsync(SignalsProcess app, string cause) =>
        (await OutreachAsync(app)).SingleOrDefault(item => item.Cause == cause)?.State ?? "none";

    private static async Task<List<Told>> OutreachAsync(SignalsProcess app, string? state = null)
    {
        string query = state is null ? "" : $"?state={state}";
        using var page = JsonDocument.Parse(await app.Client.GetStringAsync($"/api/outreach{query}", Token));
        return
        [
            .. page
                .RootElement.GetProperty("items")
                .EnumerateArray()
                .Where(item => item.GetProperty("kind").GetString() == "message")
                .Select(item => new Told(
                    item.GetProperty("person").GetString()!,
                    item.GetProperty("cause").GetString()!,
                    item.GetProperty("state").GetString()!,
                    item.TryGetProperty("reason", out var reason) ? reason.GetString() : null
                )),
        ];
    }

    /// <summary>Waits; what there was instead is told when it does not come.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds, SignalsProcess? app = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (waited.Elapsed > Patience)
                Assert.Fail(app is null ? "the outbox holds no such mail" : await app.Client.GetStringAsync("/api/outreach", Token));
            await Task.Delay(50, Token);
        }
    }

    private static Dictionary<string, string> NoMailServer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SIGNALS_SMTP_HOST"] = "127.0.0.1",
            ["SIGNALS_SMTP_PORT"] = $"{((IPEndPoint)listener.LocalEndpoint).Port}",
            ["SIGNALS_SMTP_SECURITY"] = "none",
            ["SIGNALS_SMTP_TIMEOUT"] = "1",
        };
    }

    /// <summary>Four causes with a message each, sent at any hour; a sunset whose second notice is due.</summary>
    private async Task<string> ModelAsync()
    {
        string path = Path.Combine(_data, "model.json");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await File.WriteAllTextAsync(
            path,
            $$"""
            {
              "product": "Nimbus", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 1 }] },
              "features": [{ "id": "old", "events": ["Old Feature Used"] }, { "id": "new", "events": ["New Feature Used"], "help": "https://nimbus.example/new" }],
              "onboarding": [{ "id": "import", "scope": "person", "done": ["Imported"], "failed": ["Import Failed"], "help": "https://nimbus.example/import" }],
              "intent": { "leave": ["Cancel Viewed"] },
              "billing": { "failed": ["Payment Failed"], "recovered": ["Payment Succeeded"] },
              "sunsets": [{ "feature": "old", "announced": "{{today.AddDays(-60):yyyy-MM-dd}}", "lastOrder": "{{today.AddDays(
                -5
            ):yyyy-MM-dd}}", "ends": "{{today.AddDays(20):yyyy-MM-dd}}",
                            "why": "Few use it.", "terms": "As before.", "replacement": { "feature": "new", "differences": "None." }, "steps": ["Open it."] }],
              "causes": { "payment-failing": { "graceHours": 0 } },
              "playbooks": { "payment-failing": { "alert": "never", "nextStep": { "url": "https://nimbus.example/billing" } } },
              "outreach": {
                "mode": "live", "warmUpHours": 0, "quietHours": null, "weekends": true, "holdout": 0, "perPerson": { "count": 100, "days": 1 },
                "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street"
              }
            }
            """,
            Token
        );
        return path;
    }

    private sealed record Told(string Person, string Cause, string State, string? Reason);
}
