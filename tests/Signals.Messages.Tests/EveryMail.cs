using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Messages.Tests;

/// <summary>
/// Every mail that the product has words for: each template in each of its languages, with all that can be known, with as little as must
/// be, and on other occasions.
/// </summary>
internal static class EveryMail
{
    private static readonly HandlebarsMessageRenderer Renderer = new(TemplateSource.Embedded, MessageLanguages.All);

    private static readonly string[] Occasions =
    [
        "friction.fixed",
        "friction.fixed-no-link",
        "champion-left.experienced",
        "delight.rise",
        "delight.score",
        "feature-sunset.last-order",
        "feature-sunset.last-order-reminder",
        "feature-sunset.reminder",
        "features-unused.alone",
        "features-unused.used",
        "usage-drop.alone",
        "onboarding-stalled.untried",
        "payment-failing.named-step",
        "champion-left.term",
        "never-took-off.term",
        "survey.solved",
        "survey.effort",
        .. new[] { "never-took-off", "onboarding-stalled", "onboarding-stalled-again", "value-not-found" }.SelectMany(name =>
            new[] { $"{name}.trial-soon", $"{name}.trial-over" }
        ),
    ];

    /// <summary>Each template and language.</summary>
    public static IReadOnlyList<(string Name, string Locale)> Names { get; } =
    [
        .. TemplateNames.BuiltIn.SelectMany(name =>
            (TemplateNames.IsForTeam(name) ? MessageLanguages.OfTeam : MessageLanguages.All).Select(locale => (name, locale))
        ),
    ];

    /// <summary>What else a message says when there is more, or something else, to say.</summary>
    public static IReadOnlyList<(string Name, string Variant, string Locale)> Variants { get; } =
    [.. Occasions.SelectMany(occasion => MessageLanguages.All.Select(locale => (occasion.Split('.')[0], occasion.Split('.')[1], locale)))];

    public static RenderedMessage Full(string name, string locale) => Renderer.Render(name, locale, Variables.For(name, locale));

    /// <summary>What is written to customers, as a card inside the product.</summary>
    public static RenderedCard Card(string name, string locale) =>
        Renderer.RenderCard(name, locale, Variables.For(name, locale) with { InProduct = true });

    /// <summary>Each template that a playbook may show as a card, and language.</summary>
    public static IReadOnlyList<(string Name, string Locale)> Cards { get; } =
    [
        .. Names.Where(entry =>
            !TemplateNames.IsForTeam(entry.Name) && entry.Name is not (OutreachTemplates.Apology or OutreachTemplates.ConfirmAddress)
        ),
    ];

    public static RenderedMessage Bare(string name, string locale) =>
        Renderer.Render(name, locale, Variables.Bare(name, locale) with { AccountId = "acme", RiskLevel = "critical" });

    public static RenderedMessage Variant(string name, string variant, string locale)
    {
        var full = Variables.For(name, locale);
        string done = locale switch
        {
            "de" => "Große Dateien werden jetzt in Teilen gespeichert.",
            "fr" => "Les gros fichiers sont désormais enregistrés par parties.",
            _ => "Large files are saved in parts now.",
        };
        string label = locale switch
        {
            "de" => "Karte aktualisieren",
            "fr" => "Mettre à jour la carte",
            _ => "Update the card",
        };
        var variables = variant switch
        {
            "fixed" => full with { Fixed = done },
            "fixed-no-link" => full with { Fixed = done, ActionUrl = null },
            "rise" => full with { Moment = "rise" },
            "experienced" => full with { IsExperienced = true },
            "score" => full with { Praise = "" },
            "alone" => full with { IsTeam = false },
            "used" => full with { Feature = full.Feature! with { WasUsed = true } },
            "last-order" => full with { Sunset = full.Sunset! with { IsLastOrderNear = true } },
            "last-order-reminder" => full with { Sunset = full.Sunset! with { IsLastOrderNear = true, DaysLeft = 1 } },
            "reminder" => full with { Sunset = full.Sunset! with { DaysLeft = 30 } },
            "term" => full with { TrialEndsOn = "" },
            "trial-soon" => full with { TrialEndsSoon = true, RenewsOn = "" },
            "trial-over" => full with { TrialEndsOn = "", TrialEndedOn = "2026-03-10", RenewsOn = "" },
            "solved" => full with { Survey = Variables.Survey(locale, SurveyKind.Csat, SurveyMoment.Ticket) },
            "effort" => full with { Survey = Variables.Survey(locale, SurveyKind.Ces, SurveyMoment.Step) },
            "untried" => full with { Step = full.Step! with { Tries = 0, Failures = 0 } },
            _ => full with { ActionLabel = label },
        };
        return Renderer.Render(name, locale, variables);
    }
}
