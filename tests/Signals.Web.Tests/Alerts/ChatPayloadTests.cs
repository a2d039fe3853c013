using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Web.Alerts;

namespace Signals.Web.Tests.Alerts;

/// <summary>Slack and Teams take every message: of every cause, in both languages of teams, whatever customers wrote.</summary>
public sealed class ChatPayloadTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names =>
        [
            "Acme",
            new string('x', 5000),
            new string('&', 5000),
            string.Concat(Enumerable.Repeat("客", 5000)),
            string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 2000)),
            string.Concat(Enumerable.Repeat("\"\\\r\n\t\u202e", 500)),
            "<!channel> *a* _b_ <https://evil.example|here> \ud83d",
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Alerts_of_every_cause_are_taken(string name)
    {
        foreach (string locale in (string[])["en", "fr"])
        {
            foreach (string cause in CauseCatalogue.Ids)
                Holds(Alert(name, cause, locale));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_mornings_list_is_taken(string name)
    {
        var account = new MessageDigestAccount(
            name,
            name,
            "https://signals.example/accounts/a",
            "critical",
            "healthy",
            80,
            name,
            name,
            true,
            ""
        )
        {
            News = name,
            Price = name,
        };
        var accounts = Enumerable.Repeat(account, 40).ToList();
        foreach (string locale in (string[])["en", "fr"])
        {
            var record = Record("", locale, new MessageVariables { Product = "Nimbus", Cause = "digest" }) with
            {
                Kind = OutreachKind.Digest,
                Variables = new MessageVariables
                {
                    Product = "Nimbus",
                    Cause = "digest",
                    Digest = new MessageDigest([], 0, [], 0, [], 0, 0, 0, 0) { Alerts = accounts, Unanswered = accounts },
                },
            };
            Holds(ChatMessage.Of(record, name, "https://signals.example/", null));
        }
    }

    /// <summary>The title is the news: it stands there however long everything else is.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_title_always_stands_first(string name)
    {
        var message = Alert(name, CauseIds.UsageDrop, "en");

        string slack = System.Text.Json.JsonDocument.Parse(SlackMessage.Write(message)).RootElement.GetProperty("text").GetString()!;

        Assert.StartsWith($"*{ChatText.Slack(message.Title)}*", slack, StringComparison.Ordinal);
    }

    private static void Holds(ChatMessage message)
    {
        ChatSchemas.HoldsSlack(SlackMessage.Write(message));
        ChatSchemas.HoldsSlack(SlackMessage.WriteWithButtons(message));
        ChatSchemas.HoldsTeams(TeamsMessage.Write(message));
    }

    internal static ChatMessage Alert(string name, string cause, string locale)
    {
        MessageEvidence[] evidence = [new(name, name, name, ""), new(name, "3", "10", "2026-01-31"), new("seen", "", "", "")];
        var variables = new MessageVariables
        {
            Product = "Nimbus",
            Cause = cause,
            AccountName = name,
            Plan = name,
            RiskScore = 70,
            Causes =
            [
                new MessageCause(cause, CauseNames.Of(cause).In(locale), 80, 3, evidence),
                .. CauseCatalogue.Ids.Select(id => new MessageCause(id, CauseNames.Of(id).In(locale), 50, 1, evidence)),
            ],
            Questions = [.. CauseQuestions.Of(cause).Select(question => question.In(locale)), name],
            Alert = new MessageAlert(
                "escalated",
                name,
                true,
                "2026-12-31",
                "2026-01-01",
                [name, name],
                name,
                name,
                "24",
                [.. Enumerable.Repeat(new MessageSent(name, name, "2026-02-01", "sent", name, false), 10)]
            )
            {
                Price = name,
                Contacts = [.. Enumerable.Repeat(new MessageContact("p", name), 5)],
            },
        };
        string path = Uri.EscapeDataString(name.EnumerateRunes().Take(60).Aggregate("", (text, rune) => text + rune));
        string link = "https://signals.example/answer/" + new string('t', 700);
        return ChatMessage.Of(
            Record(cause, locale, variables),
            $"{name} (99 USD a month): {CauseNames.Of(cause).In(locale)}",
            "https://signals.example/accounts/" + path,
            new MessageAnswerLinks(link, link, link)
        );
    }

    private static OutreachRecord Record(string cause, string locale, MessageVariables variables) =>
        new()
        {
            Id = "1",
            Kind = OutreachKind.Alert,
            Account = "g_acme",
            AccountId = "acme",
            Cause = cause,
            Template = "alert",
            Locale = locale,
            To = "chat",
            State = OutreachState.Planned,
            PlannedAt = Now,
            ExpiresAt = Now.AddDays(3),
            Variables = variables,
        };
}
