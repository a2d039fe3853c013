using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Help;

/// <summary>The whole face, with Ann of Acme stuck at the import and told so inside the product.</summary>
public sealed class HelpHost : IAsyncLifetime
{
    public const string Ann = "ann@acme";

    public SignalsHost Signals { get; } =
        new()
        {
            Model = SignalsHost.Read(
                """
                {
                  "product": "Nimbus", "accounts": "group", "locales": ["en", "fr"],
                  "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
                  "onboarding": [{ "id": "import-users", "name": { "en": "Import your users", "fr": "Importer vos utilisateurs" },
                                   "scope": "account", "done": ["Users Imported"], "tried": ["Import Started"], "failed": ["Import Failed"],
                                   "withinDays": 3, "help": "https://nimbus.example/help/import",
                                   "faq": [{ "q": { "en": "Which file?", "fr": "Quel fichier ?" }, "a": { "en": "Any CSV.", "fr": "Un CSV." } }] },
                                 { "id": "profile", "name": { "en": "Fill in your profile", "fr": "Compléter votre profil" },
                                   "scope": "person", "done": ["Profile Saved"], "withinDays": 30 }],
                  "feedback": { "nps": ["NPS Answered"] }, "tickets": { "opened": ["Ticket Opened"], "solved": ["Ticket Solved"] },
                  "surveys": [{ "id": "after-help", "kind": "nps", "after": "ticket", "channels": ["in-app", "mail"] }],
                  "playbooks": { "onboarding-stalled": { "channels": ["in-app", "mail"] } },
                  "outreach": { "mode": "live", "checklist": true, "warmUpHours": 0, "holdout": 0, "quietHours": null, "weekends": true,
                                "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" }
                }
                """
            ),
        };

    public HelpTokens Tokens => Signals.Services.GetRequiredService<HelpTokens>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Signals.InitializeAsync();
        await StuckAsync(Ann, "acme", "fr");
    }

    public ValueTask DisposeAsync() => Signals.DisposeAsync();

    public async Task StuckAsync(string user, string group, string locale)
    {
        await Signals.SendAsync(
            SignalsHost.Person(user, new { email = $"{user.Split('@')[0]}@{group}.example", locale }),
            SignalsHost.Account(user, group, new { name = group, plan = "pro" }),
            SignalsHost.Track(user, group, "Import Failed"),
            SignalsHost.Track(user, group, "Import Failed")
        );
        await Signals.SettleAsync();
        Signals.Clock.Advance(TimeSpan.FromDays(1));
        await Signals.WorkAsync();
    }

    /// <summary>Somebody who has been there for long, and whose ticket was just solved: they are asked what they think.</summary>
    public async Task AskedAsync(string user, string group, string locale)
    {
        await Signals.SendAsync(
            SignalsHost.Person(
                user,
                new
                {
                    email = $"{user}@{group}.example",
                    locale,
                    createdAt = "2025-01-01",
                }
            ),
            SignalsHost.Account(user, group, new { name = group, plan = "pro" }),
            SignalsHost.Track(user, group, "Users Imported"),
            SignalsHost.Track(user, group, "Profile Saved"),
            SignalsHost.Track(user, group, "Ticket Opened", new { ticketId = "T1" })
        );
        await Signals.FoldAsync();
        Signals.Clock.Advance(TimeSpan.FromMinutes(1));
        await Signals.SendAsync(SignalsHost.Track(user, group, "Ticket Solved", new { ticketId = "T1" }));
        await Signals.SettleAsync();
    }

    /// <summary>Where the link of an answer leads, in the one survey that a group was mailed.</summary>
    public async Task<string> SurveyPageAsync(string group, int score)
    {
        var records = await Signals.Services.GetRequiredService<OutreachRows>().OfAccountAsync(AccountKey.Group(group), 50, null, Cancel);
        var mail = records.Single(record => record.Cause == OutreachTemplates.Survey).Message!;
        string path = mail.Html[mail.Html.IndexOf("/survey/", StringComparison.Ordinal)..].Split('?', '"')[0];
        return new Uri(Signals.Stranger.BaseAddress!, $"{path}?score={score}").ToString();
    }

    public string TokenOf(string user, double hours = 1) => Tokens.Sign(user, Signals.Clock.GetUtcNow().AddHours(hours));

    public async Task<HttpResponseMessage> AskAsync(string user, string? token, string? knownTag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/help?userId={Uri.EscapeDataString(user)}");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (knownTag is not null)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(knownTag));
        return await Signals.Stranger.SendAsync(request, Cancel);
    }

    /// <summary>The card that stands for a user; null when there is none.</summary>
    public Task<JsonElement?> CardAsync(string user) => PartAsync(user, "card");

    /// <summary>How far a user is with the set-up.</summary>
    public Task<JsonElement?> ChecklistAsync(string user) => PartAsync(user, "checklist");

    private async Task<JsonElement?> PartAsync(string user, string part)
    {
        using var response = await AskAsync(user, TokenOf(user));
        string body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, body);
        var found = JsonSerializer.Deserialize<JsonElement>(body).GetProperty(part);
        return found.ValueKind == JsonValueKind.Null ? null : found;
    }

    public async Task<HttpResponseMessage> SayAsync(string id, string user, string? token, string answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/help/" + id)
        {
            Content = new StringContent(JsonSerializer.Serialize(new { userId = user, answer }), Encoding.UTF8, "application/json"),
        };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Signals.Stranger.SendAsync(request, Cancel);
    }
}
