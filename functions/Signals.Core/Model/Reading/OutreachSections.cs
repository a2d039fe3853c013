using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>Who writes when, and who is alerted.</summary>
internal static class OutreachSections
{
    private static readonly Dictionary<string, OutreachMode> Modes = new(StringComparer.Ordinal)
    {
        ["dry-run"] = OutreachMode.DryRun,
        ["live"] = OutreachMode.Live,
    };

    /// <summary>Whether mail apologises.</summary>
    private static readonly Dictionary<string, bool> IncidentMail = new(StringComparer.Ordinal) { ["hold"] = false, ["apology"] = true };

    private static readonly Dictionary<string, string> WebhookKinds = new(StringComparer.Ordinal)
    {
        [AlertWebhook.Slack] = AlertWebhook.Slack,
        [AlertWebhook.Teams] = AlertWebhook.Teams,
    };

    /// <summary>
    /// Everybody who hears of an alert is planned for in one transaction; a list is for the team's inbox, not for the team.
    /// </summary>
    private const int MaxAlertAddresses = 10;
    private const int MaxWebhooks = 10;
    private const int MaxCsms = 1000;
    private const int MaxManagers = 100;

    private static readonly Dictionary<string, AlertTiming> Timings = new(StringComparer.Ordinal)
    {
        ["mornings"] = AlertTiming.Mornings,
        ["at-once"] = AlertTiming.AtOnce,
    };

    public static OutreachSettings ReadOutreach(ObjectReader model)
    {
        var usual = new OutreachSettings();
        return model.Object(
                "outreach",
                outreach => new OutreachSettings
                {
                    Mode = outreach.Read("mode", Expect.OneOf(Modes), usual.Mode),
                    WarmUpHours = outreach.Read("warmUpHours", Expect.Number("hours", 0, 720), usual.WarmUpHours),
                    PerDay = outreach.Read("perDay", Expect.Whole("messages a day", 0, 1_000_000), usual.PerDay),
                    From = outreach.Object("from", ReadSender) ?? usual.From,
                    ReplyTo = outreach.Read<string?>("replyTo", Expect.Email!, null),
                    UnsubscribeTo = outreach.Read<string?>("unsubscribeTo", Expect.Email!, null),
                    PostalAddress = outreach.Read<string?>("postalAddress", Expect.Prose("a postal address")!, null),
                    PublicUrl = outreach.Read<string?>("publicUrl", Expect.Url!, null)?.TrimEnd('/'),
                    QuietHours = ReadQuietHours(outreach, usual.QuietHours),
                    Weekends = outreach.Read("weekends", Expect.Flag, usual.Weekends),
                    PerPerson = ReadCap(outreach, "perPerson", usual.PerPerson),
                    PerAccount = ReadCap(outreach, "perAccount", usual.PerAccount),
                    Holdout = outreach.Read("holdout", Expect.Number("a share", 0, 0.9), usual.Holdout),
                    Checklist = outreach.Read("checklist", Expect.Flag, usual.Checklist),
                    ConfirmAddresses = outreach.Read("confirmAddresses", Expect.Flag, usual.ConfirmAddresses),
                    ExpireAfterDays = outreach.Read("expireAfterDays", Expect.Number("days", 0.1, 90), usual.ExpireAfterDays),
                }
            ) ?? usual;
    }

    public static IReadOnlyList<Incident> ReadIncidents(ObjectReader model) =>
        model.Objects(
            "incidents",
            "a list of incidents",
            static incident =>
            {
                var from = incident.Require("from", Expect.Moment, DateTimeOffset.MinValue);
                DateTimeOffset? until = incident.IsNull("until") ? null : incident.ReadOptional("until", Expect.Moment);
                if (until <= from)
                    incident.RefuseProperty("until", "a moment after \"from\", or null while it lasts");
                return new Incident(
                    incident.RequireText("what", Expect.Prose("what is broken, in words for customers")),
                    from,
                    until,
                    incident.Read("mail", Expect.OneOf(IncidentMail), false)
                );
            }
        ) ?? [];

    public static AlertSettings ReadAlerts(ObjectReader model)
    {
        var usual = new AlertSettings();
        return model.Object(
                "alerts",
                alerts =>
                {
                    alerts.Tell("webhooks", WebhooksSchema);
                    return ReadAlerts(alerts, usual);
                }
            ) ?? usual;
    }

    private static AlertSettings ReadAlerts(ObjectReader alerts, AlertSettings usual) =>
        new()
        {
            To = AtMost(MaxAlertAddresses, alerts, "to", alerts.List("to", Expect.Email)) ?? usual.To,
            Csms = AtMost(MaxCsms, alerts, "csms", alerts.List("csms", Expect.EmailOrDomain)),
            Webhooks =
                AtMost(
                    MaxWebhooks,
                    alerts,
                    "webhooks",
                    alerts.Items("webhooks", "a list of chat webhooks", found => ReadWebhook(alerts, found))
                ) ?? usual.Webhooks,
            AnswerWithinHours = alerts.Read("answerWithinHours", Expect.Number("hours", 0.1, 720), usual.AnswerWithinHours),
            Capacity = alerts.ReadOptional("capacity", Expect.Whole("accounts", 1, 1_000_000)),
            Locale = alerts.Read<string?>("locale", Expect.TeamLocale!, null),
            From = alerts.Object("from", ReadSender),
            ReplyTo = alerts.Read<string?>("replyTo", Expect.Email!, null),
            Timing = alerts.Read("timing", Expect.OneOf(Timings), usual.Timing),
            AtOncePerWeek = alerts.Read("atOncePerWeek", Expect.Whole("alerts a week", 0, 100), usual.AtOncePerWeek),
            HighPrice = alerts.ReadOptional("highPrice", Expect.Number("a price a month", 0, 1e9)),
            Country = alerts.Read<string?>("country", Expect.Country!, null),
            Managers =
                AtMost(MaxManagers, alerts, "managers", alerts.Objects("managers", "a list of managers", ReadManager)) ?? usual.Managers,
        };

    /// <summary>A webhook is an address, or an object with its kind.</summary>
    private static JsonObject WebhooksSchema() =>
        ModelShape.ListOf(
            new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    Expect.SecureUrl.Schema(),
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject
                        {
                            ["kind"] = Expect.OneOf(WebhookKinds).Schema(),
                            ["url"] = Expect.SecureUrl.Schema(),
                        },
                        ["additionalProperties"] = false,
                        ["required"] = new JsonArray("kind", "url"),
                    }
                ),
            }
        );

    private static AlertManager ReadManager(ObjectReader manager) =>
        new(
            manager.Require("email", Expect.Email, ""),
            manager.Read<TimeZoneInfo?>("timezone", Expect.TimeZone!, null),
            manager.Read<string?>("country", Expect.Country!, null)
        );

    private static Sender ReadSender(ObjectReader from) => new(from.Require("email", Expect.Email, ""), from.ReadText("name", Expect.Name));

    private static IReadOnlyList<T>? AtMost<T>(int most, ObjectReader reader, string name, IReadOnlyList<T>? items)
    {
        if (items?.Count > most)
            reader.RefuseProperty(name, $"at most {most}", $"{items.Count} entries");
        return items;
    }

    private static SendCap ReadCap(ObjectReader outreach, string name, SendCap usual) =>
        outreach.Object(
            name,
            cap => new SendCap(
                cap.Read("count", Expect.Whole("messages", 1, 100), usual.Count),
                cap.Read("days", Expect.Whole("days", 1, 365), usual.Days)
            )
        ) ?? usual;

    private static QuietHours? ReadQuietHours(ObjectReader outreach, QuietHours? usual)
    {
        if (!outreach.Has("quietHours"))
            return usual;
        if (outreach.IsNull("quietHours"))
            return null;
        return outreach.Object(
            "quietHours",
            static hours =>
            {
                var from = hours.Require("from", Expect.TimeOfDay, new TimeOnly(ticks: 1));
                var to = hours.Require("to", Expect.TimeOfDay, TimeOnly.MaxValue);
                if (from == to)
                    hours.RefuseProperty("to", "another time than \"from\", or null instead of quiet hours");
                return new QuietHours(from, to);
            }
        );
    }

    private static AlertWebhook? ReadWebhook(ObjectReader alerts, Place found)
    {
        if (found.Node.Kind == JsonValueKind.String)
            return ReadWebhookUrl(alerts, found, Expect.SecureUrl) is { } bare ? new AlertWebhook(AlertWebhook.Slack, bare) : null;
        var expected = $"{Expect.SecureUrl.Description}, or an object with \"kind\" and \"url\"";
        return alerts.Nested(
            found,
            expected,
            static webhook =>
            {
                string kind = webhook.Require("kind", Expect.OneOf(WebhookKinds), AlertWebhook.Slack);
                string url = webhook.Find("url") is { } place
                    ? ReadWebhookUrl(webhook, place, Expect.SecureUrl) ?? ""
                    : webhook.Require("url", Expect.SecureUrl, "");
                return new AlertWebhook(kind, url);
            }
        );
    }

    /// <summary>Whoever reads a webhook's address can post there: a mistake is told without quoting it.</summary>
    internal static string? ReadWebhookUrl(ObjectReader reader, Place found, Expected<string> expected)
    {
        if (expected.TryRead(found.Node, out var url))
            return url;
        reader.RefuseEntry(
            found,
            found.Node.Kind == JsonValueKind.String ? "another text (not shown: it may be a secret)" : found.Node.Describe(),
            expected.Description
        );
        return null;
    }
}
