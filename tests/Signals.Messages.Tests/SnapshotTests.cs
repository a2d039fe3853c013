using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Messages.Tests;

/// <summary>Every mail as it leaves. SIGNALS_UPDATE_SNAPSHOTS=1 writes the files anew; review them as you would code.</summary>
public sealed class SnapshotTests
{
    private static readonly HandlebarsMessageRenderer Renderer = new(TemplateSource.Embedded, MessageLanguages.All);

    public static TheoryData<string, string> Messages()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in TemplateNames.BuiltIn)
        {
            foreach (string locale in TemplateNames.IsForTeam(name) ? MessageLanguages.OfTeam : MessageLanguages.All)
                data.Add(name, locale);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_mail_with_all_that_can_be_known_reads_as_reviewed(string name, string locale)
    {
        var message = Renderer.Render(name, locale, Variables.For(name, locale));

        Match($"{name}.{locale}.txt", AsText(message));
        Match($"{name}.{locale}.html", message.Html);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_mail_with_as_little_as_must_be_known_reads_as_reviewed(string name, string locale)
    {
        var message = Renderer.Render(name, locale, Variables.Bare(name) with { AccountId = "acme", RiskLevel = "critical" });

        Match($"{name}.{locale}.bare.txt", AsText(message));
    }

    /// <summary>What else a message says when there is more, or something else, to say.</summary>
    public static TheoryData<string, string, string> Variants() =>
        new(
            from variant in (string[])
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
                    .. new[] { "never-took-off", "onboarding-stalled", "onboarding-stalled-again", "value-not-found" }.SelectMany(name =>
                        new[] { $"{name}.trial-soon", $"{name}.trial-over" }
                    ),
                ]
            from locale in MessageLanguages.All
            select (variant.Split('.')[0], variant.Split('.')[1], locale)
        );

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_mail_on_another_occasion_reads_as_reviewed(string name, string variant, string locale)
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
            "untried" => full with { Step = full.Step! with { Tries = 0, Failures = 0 } },
            _ => full with { ActionLabel = label },
        };

        Match($"{name}.{locale}.{variant}.txt", AsText(Renderer.Render(name, locale, variables)));
    }

    private static string AsText(RenderedMessage message) => $"Subject: {message.Subject}\n\n{message.Text}";

    private static void Match(string file, string actual)
    {
        string path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("SIGNALS_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder());
            File.WriteAllText(path, actual);
            return;
        }
        Assert.True(File.Exists(path), $"There is no snapshot {file}: run with SIGNALS_UPDATE_SNAPSHOTS=1, read it, and commit it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    /// <summary>Where the snapshots are in the checkout. A source path would not do: deterministic builds rewrite it.</summary>
    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Signals.Messages.Tests.csproj")))
            folder = folder.Parent;
        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException($"No test project above {AppContext.BaseDirectory}."),
            "Snapshots"
        );
    }
}
