using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Identity;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Surveys;

/// <summary>A product that asks how well it helped once a ticket is solved: by mail, or inside the product.</summary>
public sealed partial class SurveyHost : IAsyncLifetime
{
    public const string Account = "acme";

    /// <param name="channels">As the model says it.</param>
    public SurveyHost(string channels = """["mail"]""") =>
        Signals = new SignalsHost
        {
            Model = SignalsHost.Read(
                $$"""
                {
                  "product": "Nimbus", "accounts": "group", "locales": ["en", "fr", "de"],
                  "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "property": "minutes" }] },
                  "feedback": { "csat": ["CSAT Answered"], "score": "stars", "comment": "words" },
                  "tickets": { "opened": ["Ticket Opened"], "solved": ["Ticket Solved"] },
                  "surveys": [{ "id": "support", "kind": "csat", "after": "ticket", "channels": {{channels}} }],
                  "outreach": { "mode": "live", "warmUpHours": 0, "holdout": 0, "quietHours": null, "weekends": true,
                                "from": { "email": "help@nimbus.example" }, "postalAddress": "1 Cloud Street" },
                  "alerts": { "to": ["cs@nimbus.example"], "timing": "at-once" }
                }
                """
            ),
        };

    public SignalsHost Signals { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Signals.InitializeAsync();

    public ValueTask DisposeAsync() => Signals.DisposeAsync();

    /// <summary>Somebody who has been there for long had a ticket, which is solved now.</summary>
    public async Task HelpedAsync(string user, string locale = "en")
    {
        await Signals.SendAsync(
            SignalsHost.Person(
                user,
                new
                {
                    email = $"{user}@acme.example",
                    locale,
                    createdAt = "2025-01-01",
                }
            ),
            SignalsHost.Account(user, Account, new { name = "Acme" }),
            SignalsHost.Track(user, Account, "Ticket Opened", new { ticketId = $"T-{user}" })
        );
        await Signals.FoldAsync();
        Signals.Clock.Advance(TimeSpan.FromMinutes(1));
        await Signals.SendAsync(SignalsHost.Track(user, Account, "Ticket Solved", new { ticketId = $"T-{user}" }));
        await Signals.SettleAsync();
    }

    public async Task<OutreachRecord> AskedAsync(string user) =>
        (await Signals.Services.GetRequiredService<OutreachRows>().OfAccountAsync(AccountKey.Group(Account), 50, null, Cancel)).Single(
            record => record.Cause == OutreachTemplates.Survey && record.PersonId == user
        );

    /// <summary>Every link to the survey in the mail that left, in the order of its answers, the page without an answer at the end.</summary>
    public async Task<IReadOnlyList<string>> LinksAsync(string user) =>
        [
            .. Link()
                .Matches((await AskedAsync(user)).Message!.Html)
                .Select(match => match.Groups["path"].Value.Replace("&amp;", "&", StringComparison.Ordinal)),
        ];

    /// <summary>What the account's people answered, as folding and figures see it.</summary>
    public async Task<IReadOnlyList<FeedbackAnswer>> AnswersAsync()
    {
        await Signals.SettleAsync();
        var account = await new AccountRows(Signals.Store).GetAccountAsync(AccountKey.Group(Account), Cancel);
        return account!.Feedback.Answers;
    }

    [GeneratedRegex("href=\"https://signals.nimbus.example(?<path>/survey/[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
