using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Suppressions;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;
using Signals.Testing.Messaging;
using Signals.Testing.Storage;

namespace Signals.Web.Tests.Api;

/// <summary>
/// The whole face behind a real Kestrel on a free loopback port, over a store and queues in memory and a clock that stands still. Nothing
/// runs by itself: <see cref="WorkAsync"/> does what the pumps and the sweep do.
/// </summary>
public sealed class SignalsHost : IAsyncLifetime
{
    public const string ApiToken = "0123456789abcdef-api-token";

    public const string WriteKey = "write-key-1";

    /// <summary>Of pages: anybody can read it.</summary>
    public const string BrowserKey = "browser-key-1";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private WebApplication _app = null!;
    private int _messages;

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public InMemoryEntityStore Store { get; } = new();

    public InMemoryMessageQueue Queue { get; private set; } = null!;

    public ValueModel Model { get; init; } =
        Read(
            """
            {
              "product": "Nimbus", "accounts": "group",
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
              "features": [{ "id": "export", "name": "Exports", "events": ["Export Completed"], "key": true, "help": "https://nimbus.example/help/exports" }],
              "onboarding": [{ "id": "import-users", "name": "Import your users", "scope": "account", "done": ["Users Imported"], "tried": ["Import Started"],
                               "failed": ["Import Failed"], "withinDays": 3, "help": "https://nimbus.example/help/import" }],
              "plans": { "pro": { "price": 99, "seats": 10 }, "free": { "price": 0 } },
              "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
              "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" }
            }
            """
        );

    /// <summary>What a host would register before the web face.</summary>
    public Action<IServiceCollection> Configure { get; init; } = _ => { };

    /// <summary>With the API token.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Without it, keeping no cookies and following no redirects.</summary>
    public HttpClient Stranger { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public static ValueModel Read(string json)
    {
        var reading = ValueModelReader.Read(Encoding.UTF8.GetBytes(json), CauseCatalogue.All);
        Assert.Empty(reading.Errors);
        return reading.Model!;
    }

    public async ValueTask InitializeAsync()
    {
        Queue = new InMemoryMessageQueue(Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IEntityStore>(Store)
            .AddSingleton<IEntityScan>(Store)
            .AddSingleton<IMessageQueue>(Queue)
            .AddSingleton<IDeadLetters>(Queue);
        builder.Services.AddSingleton(new RecipientKey(new byte[32])).AddSingleton(new LinkKeys(new byte[32]));
        builder.Services.AddSingleton(new PublicAddress("https://signals.nimbus.example")).AddSingleton<IEmailSender, AcceptingSender>();
        var renderer = new HandlebarsMessageRenderer(TemplateSource.Embedded, Model.Locales);
        builder.Services.AddSingleton<IMessageRenderer>(renderer);
        builder.Services.AddSingleton<ICardRenderer>(renderer);
        builder.Services.AddSignalsCore(Model);
        Configure(builder.Services);
        builder.Services.AddSignalsWeb(HashedWriteKeys.FromKeys(WriteKey).WithBrowserKeys(BrowserKey), ApiToken);
        _app = builder.Build();
        _app.MapSignalsWeb();
        await _app.StartAsync();
        var address = new Uri(_app.Urls.Single());
        Stranger = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        Client = new HttpClient { BaseAddress = address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Stranger.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Posts events that happen now. Each is an object without its message id.</summary>
    public Task SendAsync(params IEnumerable<object> events) => SendAsync(WriteKey, events);

    /// <summary>The same with another key.</summary>
    public async Task SendAsync(string key, IEnumerable<object> events)
    {
        foreach (object[] chunk in events.Chunk(500))
        {
            var batch = chunk.Select(one => JsonSerializer.SerializeToNode(one)!.AsObject()).ToList();
            foreach (var one in batch)
            {
                one["messageId"] = $"m-{++_messages}";
                one["timestamp"] = Clock.GetUtcNow().ToString("O");
            }
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
            {
                Content = new StringContent(JsonSerializer.Serialize(new { batch })),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"))
            );
            using var response = await Stranger.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        }
    }

    public static object Track(string user, string group, string name, object? properties = null) =>
        new
        {
            type = "track",
            userId = user,
            @event = name,
            properties = properties ?? new { },
            context = new { groupId = group },
        };

    public static object Person(string user, object traits) =>
        new
        {
            type = "identify",
            userId = user,
            traits,
        };

    public static object Account(string user, string group, object traits) =>
        new
        {
            type = "group",
            userId = user,
            groupId = group,
            traits,
        };

    /// <summary>Works every queue, but for one maybe, until nothing is left to do now.</summary>
    public async Task WorkAsync(string? except = null)
    {
        var sweep = Services.GetRequiredService<WakeSweep>();
        for (bool busy = true; busy; )
        {
            busy = false;
            foreach (var handler in Services.GetServices<IMessageHandler>().Where(handler => handler.Queue != except))
            {
                while (await StepAsync(handler))
                    busy = true;
            }
            busy |= await sweep.RunAsync(TestContext.Current.CancellationToken) > 0;
        }
    }

    /// <summary>Folds what was sent, and reviews nothing.</summary>
    public async Task FoldAsync()
    {
        while (await StepAsync(Services.GetServices<IMessageHandler>().Single(handler => handler.Queue == QueueNames.Usage)))
            continue;
    }

    /// <summary>Folds what was sent, lets it settle, and does the work that follows.</summary>
    public async Task SettleAsync(string? except = null)
    {
        await FoldAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await WorkAsync(except);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>All pages of a list, by its items' ids.</summary>
    public async Task<List<string>> IdsAsync(string path, Func<int, Task>? between = null)
    {
        var ids = new List<string>();
        string? next = null;
        for (int page = 0; page == 0 || next is not null; page++)
        {
            if (page > 0 && between is not null)
                await between(page);
            string cursor = next is null ? "" : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "cursor=" + next;
            var answer = await GetAsync(path + cursor);
            ids.AddRange(answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = answer.GetProperty("next").GetString();
        }
        return ids;
    }

    private async Task<bool> StepAsync(IMessageHandler handler)
    {
        var messages = await Queue.ReceiveAsync(handler.Queue, handler.BatchSize, Lease, TestContext.Current.CancellationToken);
        if (messages.Count == 0)
            return false;
        var settlements = await handler.HandleAsync(messages, TestContext.Current.CancellationToken);
        await Queue.SettleAsync(
            [.. messages.Zip(settlements, (message, settlement) => new SettledMessage(message, settlement))],
            TestContext.Current.CancellationToken
        );
        return true;
    }

    private sealed class AcceptingSender : IEmailSender
    {
        public bool IsIdempotent => true;

        public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(new SendOutcome(SendStatus.Accepted));
    }
}
