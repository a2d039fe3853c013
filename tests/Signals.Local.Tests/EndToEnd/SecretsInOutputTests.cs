using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signals.Local.CommandLine;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>
/// The built app with every secret marked, used well and badly, with a mail server and a webhook that fail: what it printed, answered and
/// mailed is searched for the marks, and what it printed for the addresses of people too.
/// </summary>
public sealed class SecretsInOutputTests : IDisposable
{
    private const string WriteKey = "MARKED-write-key-5f1c";
    private const string BrowserKey = "MARKED-browser-key-77a0";
    private const string ApiToken = "MARKED-api-token-93be";
    private const string Password = "MARKED-smtp-password-01dd";
    private const string SlackSecret = "MARKED-slack-secret-5a1c";
    private const string WebhookPath = "MARKED-webhook-path-c2c2";

    private readonly string _data = Directory.CreateTempSubdirectory("signals-secrets-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task No_secret_stands_in_what_the_app_prints_or_answers()
    {
        string model = Path.Combine(_data, "model.json");
        await File.WriteAllTextAsync(
            model,
            $$"""
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Video Watched", "amount": 3 }] },
              "features": [{ "id": "export", "events": ["Exported"], "key": true }],
              "onboarding": [{ "id": "import-users", "scope": "account", "done": ["Users Imported"], "tried": ["Import Started"],
                               "failed": ["Import Failed"], "withinDays": 3, "help": "https://nimbus.example/help/import" }],
              "plans": { "pro": { "price": 99, "seats": 10 } },
              "playbooks": { "onboarding-stalled": { "alert": "watch" } },
              "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "quietHours": null, "weekends": true },
              "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once", "webhooks": ["https://127.0.0.1:1/{{WebhookPath}}"] }
            }
            """,
            Cancellation
        );
        string named = await NamedTokenAsync();
        var output = new StringBuilder();
        int port = FreePort.Find();
        using var process = Start(model, port, output);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var answers = new StringBuilder();
        await UntilAsync(() => client.GetAsync("/healthz", Cancellation));

        await AskAsync(
            client,
            answers,
            HttpMethod.Post,
            "/v1/batch",
            Events,
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(WriteKey))
        );
        await AskAsync(client, answers, HttpMethod.Post, "/v1/batch", Events, "Bearer", BrowserKey);
        await AskAsync(client, answers, HttpMethod.Post, "/v1/batch", "{ not json", "Bearer", WriteKey);
        await AskAsync(client, answers, HttpMethod.Post, "/v1/batch", "{ not json", "Bearer", WriteKey + "x");
        await AskAsync(client, answers, HttpMethod.Post, "/v1/track", $$"""{"writeKey":"{{WriteKey}}","event":5}""");
        await AskAsync(client, answers, HttpMethod.Post, "/v1/track", $$"""{"writeKey":"{{WriteKey}}x","event":"E","userId":"u"}""");
        // Libraries are told the key that they brought, and no other.
        string settings = await AskAsync(client, new StringBuilder(), HttpMethod.Get, $"/v1/projects/{WriteKey}/settings");
        answers.Append(settings.Replace(WriteKey, "", StringComparison.Ordinal));
        await AskAsync(client, answers, HttpMethod.Get, $"/v1/projects/{WriteKey}x/settings");
        await AskAsync(client, answers, HttpMethod.Post, "/signin", $"token={ApiToken}x", type: "application/x-www-form-urlencoded");
        await AskAsync(client, answers, HttpMethod.Post, "/signin", $"token={ApiToken}", type: "application/x-www-form-urlencoded");
        await AskAsync(client, answers, HttpMethod.Get, "/api/pipeline", null, "Bearer", ApiToken + "x");
        Assert.Contains(
            "folded",
            await AskAsync(client, answers, HttpMethod.Get, "/api/pipeline", null, "Bearer", named),
            StringComparison.Ordinal
        );
        await AskAsync(client, answers, HttpMethod.Get, "/api/keys", null, "Bearer", named);
        await AskAsync(client, answers, HttpMethod.Post, "/webhooks/slack", "payload={}", type: "application/x-www-form-urlencoded");
        await AskAsync(client, answers, HttpMethod.Get, $"/api/accounts/{ApiToken[..7]}%00", null, "Bearer", ApiToken);
        // A review of what is not folded yet finds nothing, and the next one of this account is minutes away.
        await UntilAsync(async () =>
        {
            string pipeline = await AskAsync(client, answers, HttpMethod.Get, "/api/pipeline", null, "Bearer", ApiToken);
            return pipeline.Contains("\"folded\":5,", StringComparison.Ordinal)
                && pipeline.Contains("\"queued\":0,", StringComparison.Ordinal);
        });
        await AskAsync(client, answers, HttpMethod.Post, "/api/reviews", null, "Bearer", ApiToken);
        // The alert's webhook and the mail server are both tried, and both fail.
        await UntilAsync(async () =>
        {
            string outreach = await AskAsync(client, answers, HttpMethod.Get, "/api/outreach", null, "Bearer", ApiToken);
            return outreach.Contains("slack", StringComparison.Ordinal) && outreach.Contains("private network", StringComparison.Ordinal);
        });
        foreach (string path in (string[])["/api/accounts", "/api/accounts/acme", "/api/alerts", "/api/keys", "/api/suppressions"])
            await AskAsync(client, answers, HttpMethod.Get, path, null, "Bearer", ApiToken);

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(Cancellation);

        Assert.Contains("acme", answers.ToString(), StringComparison.Ordinal);
        lock (output)
        {
            Assert.Contains("is running", output.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("MARKED", output.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(named[^43..], output.ToString(), StringComparison.Ordinal);
            foreach (string address in (string[])["ada@acme.example", "cs@nimbus.example"])
                Assert.DoesNotContain(address, output.ToString(), StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain(named[^43..], answers.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("MARKED-", answers.ToString(), StringComparison.OrdinalIgnoreCase);
        foreach (string file in Directory.EnumerateFiles(_data, "*", SearchOption.AllDirectories).Where(file => file != model))
        {
            string content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            Assert.DoesNotContain("MARKED-", content, StringComparison.Ordinal);
            Assert.DoesNotContain(named[^43..], content, StringComparison.Ordinal);
        }
    }

    /// <summary>A token that the command line made in the folder; what it prints once is its reader's, not the app's.</summary>
    private async Task<string> NamedTokenAsync()
    {
        string data = Path.Combine(_data, "data");
        PrivateFiles.Folder(data);
        LocalKeys.Open(data);
        using var printed = new StringWriter();
        await TokensCommand
            .Create(TimeProvider.System)
            .Parse(["create", "ci-export", "--data", data])
            .InvokeAsync(new InvocationConfiguration { Output = printed, Error = TextWriter.Null }, Cancellation);
        return printed.ToString().Trim();
    }

    /// <summary>Somebody who is stuck on a short trial, which is enough to be at risk.</summary>
    private static string Events { get; } =
        $$"""
            {"batch":[
              {"type":"identify","userId":"ada","traits":{"email":"ada@acme.example"},"messageId":"1"},
              {"type":"group","userId":"ada","groupId":"acme","traits":{"name":"Acme","plan":"pro","strategic":true,
                "createdAt":"{{DateTimeOffset.UtcNow:O}}","trialEndsAt":"{{DateTimeOffset.UtcNow.AddDays(12):O}}"},"messageId":"2"},
              {"type":"track","userId":"ada","event":"Import Failed","context":{"groupId":"acme"},"messageId":"3"},
              {"type":"track","userId":"ada","event":"Import Failed","context":{"groupId":"acme"},"messageId":"4"},
              {"type":"track","userId":"ada","event":"Import Failed","context":{"groupId":"acme"},"messageId":"5"}
            ]}
            """;

    private Process Start(string model, int port, StringBuilder output)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "signals.dll"),
                "serve",
                "--data",
                Path.Combine(_data, "data"),
                "--model",
                model,
                "--urls",
                $"http://127.0.0.1:{port}",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SIGNALS_WRITE_KEY"] = WriteKey;
        start.Environment["SIGNALS_BROWSER_WRITE_KEY"] = BrowserKey;
        start.Environment["SIGNALS_API_TOKEN"] = ApiToken;
        start.Environment["SIGNALS_SLACK_SIGNING_SECRET"] = SlackSecret;
        start.Environment["SIGNALS_SMTP_HOST"] = "127.0.0.1";
        start.Environment["SIGNALS_SMTP_PORT"] = "1";
        start.Environment["SIGNALS_SMTP_SECURITY"] = "tls";
        start.Environment["SIGNALS_SMTP_USER"] = "ada";
        start.Environment["SIGNALS_SMTP_PASSWORD"] = Password;
        // Everything that the app could say, not only what is wrong.
        start.Environment["Logging__LogLevel__Default"] = "Trace";
        var process = Process.Start(start)!;
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (output)
                output.AppendLine(line.Data);
        };
        process.OutputDataReceived += read;
        process.ErrorDataReceived += read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> AskAsync(
        HttpClient client,
        StringBuilder answers,
        HttpMethod method,
        string path,
        string? body = null,
        string? scheme = null,
        string? credentials = null,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        if (scheme is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(scheme, credentials);
        using var answer = await client.SendAsync(request, Cancellation);
        string text = answer.Headers + await answer.Content.ReadAsStringAsync(Cancellation);
        answers.AppendLine(text);
        return text;
    }

    private static Task UntilAsync(Func<Task<HttpResponseMessage>> ask) =>
        UntilAsync(async () =>
        {
            try
            {
                using var answer = await ask();
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (int i = 0; i < 1800; i++)
        {
            if (await isSo())
                return;
            await Task.Delay(100, Cancellation);
        }
        Assert.Fail("It did not come about within three minutes.");
    }
}
