using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.ChampionLeft;
using Signals.Core.Diagnosis.Causes.Delight;
using Signals.Core.Diagnosis.Causes.FeatureSunset;
using Signals.Core.Diagnosis.Causes.FeaturesUnused;
using Signals.Core.Diagnosis.Causes.Friction;
using Signals.Core.Diagnosis.Causes.NeedsChanged;
using Signals.Core.Diagnosis.Causes.NeverTookOff;
using Signals.Core.Diagnosis.Causes.OnboardingStalled;
using Signals.Core.Diagnosis.Causes.PaymentFailing;
using Signals.Core.Diagnosis.Causes.PriceOverValue;
using Signals.Core.Diagnosis.Causes.SeatsShrinking;
using Signals.Core.Diagnosis.Causes.SupportUnhappy;
using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Diagnosis.Causes.ValueNotFound;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class ModelShapeTests
{
    [Fact]
    public void Every_sample_is_valid()
    {
        var samples = Directory.GetFiles(ModelFile.SamplesFolder, "*.json");

        Assert.Equal(3, samples.Length);
        Assert.All(samples, sample => Assert.Empty(ValueModelReader.ReadFile(sample, CauseCatalogue.All).Errors));
    }

    [Fact]
    public void The_demo_product_is_read_as_it_is_written()
    {
        var model = ValueModelReader.ReadFile(Path.Combine(ModelFile.SamplesFolder, "nimbus.json"), CauseCatalogue.All).Model!;

        Assert.Equal((AccountsMode.Group, "Europe/Paris"), (model.Accounts, model.TimeZone.Id));
        Assert.Equal(["en", "fr"], model.Locales);
        Assert.Equal(
            ["inbox", "campaigns", "automations", "reports", "articles", "audit-log", "audit-stream"],
            model.Features.Select(feature => feature.Id)
        );
        Assert.Equal("recipientId", model.Reach!.Distinct);
        var import = model.Onboarding.Single(step => step.Id == "import-users");
        Assert.Equal((StepScope.Account, 3), (import.Scope, import.WithinDays));
        Assert.Equal(["Import Failed"], import.Failed);
        Assert.Equal("Which format does the file need?", import.Faq[0].Question);
        Assert.Equal(["free", "basic", "pro", "enterprise"], model.Plans.Keys);
        Assert.Equal("endsAt", model.Facts[0].Properties["renewalAt"]);
        Assert.Equal(["Cancel Viewed", "Plan Downgraded"], model.LeaveIntent);
        Assert.Equal(OutreachMode.Live, model.Outreach.Mode);
        Assert.Equal(
            ("help@nimbus.example", "Nimbus help", "L’équipe Nimbus"),
            (model.Outreach.From.Email, model.Outreach.From.Name!.Text, model.Outreach.From.Name.In("fr"))
        );
    }

    [Fact]
    public void A_sunset_that_says_everything_is_read()
    {
        var model = new ModelFile()
            .WithThingsToName()
            .With(
                "sunsets",
                """
                [{ "feature": "export", "announced": "2026-01-10", "lastOrder": "2026-03-01", "ends": "2026-06-30", "why": "Nobody can keep it safe.",
                   "terms": "Support until the end.", "replacement": { "feature": "feeds", "differences": "No folders." },
                   "steps": ["Open feeds.", "Move."], "noticeDays": [7, 60] }]
                """
            )
            .ReadValid();

        var sunset = Assert.Single(model.Sunsets);
        Assert.Equal(("export", "feeds", "No folders."), (sunset.Feature, sunset.ReplacementFeature, sunset.Differences.Text));
        Assert.Equal(new DateOnly(2026, 6, 30), sunset.Ends);
        Assert.Equal(["Open feeds.", "Move."], sunset.Steps);
        Assert.Equal([60, 7], sunset.NoticeDays);
    }

    [Fact]
    public void Every_number_of_every_cause_can_be_set()
    {
        var model = new ModelFile()
            .With(
                "causes",
                """
                {
                  "onboarding-stalled": { "firstPeople": 4, "failures": 3, "forgetDays": 80 }, "value-not-found": { "sessions": 3 },
                  "features-unused": { "days": 31, "share": 0.6, "ageDays": 0 }, "friction": { "days": 15, "count": 6, "times": 4, "baselineDays": 57 },
                  "support-unhappy": { "nps": 5, "csat": 1, "ces": 6, "negative": 0.7, "days": 31, "tickets": 5, "ticketDays": 30 },
                  "usage-drop": { "days": 15, "fall": 0.6, "baselineDays": 57, "activeDays": 7 },
                  "champion-left": { "silentDays": 15, "share": 0.5, "baselineDays": 57, "people": 3 },
                  "seats-shrinking": { "days": 31, "fall": 0.3, "people": 4 }, "never-took-off": { "ageDays": 29, "share": 0.3, "forgetDays": 181 },
                  "price-over-value": { "days": 31, "cohort": 21, "lowest": 0.2, "ofMedian": 0.6 }, "needs-changed": { "count": 2, "days": 31 },
                  "payment-failing": { "failures": 2, "graceHours": 0, "forgetDays": 61 }, "feature-sunset": { "days": 31 },
                  "delight": { "nps": 10, "csat": 4, "positive": 0.9, "rise": 2, "days": 15 }
                }
                """
            )
            .ReadValid();

        var expected = CauseSettings
            .Usual.With(new OnboardingStalledSettings(4, 3, 80))
            .With(new ValueNotFoundSettings(3))
            .With(new FeaturesUnusedSettings(31, 0.6, 0))
            .With(new FrictionSettings(15, 6, 4, 57))
            .With(new SupportUnhappySettings(5, 1, 6, 0.7, 31, 5, 30))
            .With(new UsageDropSettings(15, 0.6, 57, 7))
            .With(new ChampionLeftSettings(15, 0.5, 57, 3))
            .With(new SeatsShrinkingSettings(31, 0.3, 4))
            .With(new NeverTookOffSettings(29, 0.3, 181))
            .With(new PriceOverValueSettings(31, 21, 0.2, 0.6))
            .With(new NeedsChangedSettings(2, 31))
            .With(new PaymentFailingSettings(2, 0, 61))
            .With(new FeatureSunsetSettings(31))
            .With(new DelightSettings(10, 4, 0.9, 2, 15));
        Assert.Equal(expected, model.Causes);
    }

    [Fact]
    public void Playbooks_name_their_audience_goal_and_alert()
    {
        var model = new ModelFile()
            .WithThingsToName()
            .With(
                "playbooks",
                """
                {
                  "friction": { "message": "sorry", "to": "admin", "goal": { "event": "Exported" }, "goalDays": 3, "cooldownDays": 4, "priority": 9, "alert": "critical" },
                  "usage-drop": { "to": "next-most-active", "goal": { "step": "import" }, "alert": "watch" },
                  "value-not-found": { "goal": { "feature": "export" } },
                  "delight": { "goal": { "floor": true }, "alert": "at-risk" }
                }
                """
            )
            .ReadValid();

        var expected = new Playbook
        {
            Cause = "friction",
            Message = "sorry",
            To = Audience.Admin,
            Goal = new(Event: "Exported"),
            GoalDays = 3,
            CooldownDays = 4,
            Priority = 9,
            Alert = RiskLevel.Critical,
        };
        Assert.Equal(expected, model.PlaybookFor("friction"));
        Assert.Equal(Audience.NextMostActive, model.PlaybookFor("usage-drop").To);
        Assert.Equal(new Goal(Step: "import"), model.PlaybookFor("usage-drop").Goal);
        Assert.Equal(new Goal(Feature: "export"), model.PlaybookFor("value-not-found").Goal);
        Assert.Equal(new Goal(Floor: true), model.PlaybookFor("delight").Goal);
    }

    [Fact]
    public void Incidents_hold_mail_or_apologise()
    {
        var model = new ModelFile()
            .With(
                "incidents",
                """
                [
                  { "what": "exports fail", "from": "2026-03-02T08:00:00+01:00" },
                  { "what": "mail is late", "from": "2026-03-02T08:00Z", "until": "2026-03-03T08:00Z", "mail": "apology" }
                ]
                """
            )
            .ReadValid();

        var eight = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [new Incident("exports fail", eight.AddHours(-1), null, false), new Incident("mail is late", eight, eight.AddDays(1), true)],
            model.Incidents
        );
        Assert.True(model.Incidents[1].IsOn(eight));
        Assert.False(model.Incidents[1].IsOn(eight.AddDays(1)));
        Assert.True(model.Incidents[0].IsOn(eight.AddYears(1)));
    }

    [Theory]
    [InlineData("""[{ "what": "x", "from": "yesterday" }]""", "incidents[0].from", "\"yesterday\"")]
    [InlineData("""[{ "what": "x", "from": "2026-03-02" }]""", "incidents[0].from", "\"2026-03-02\"")]
    [InlineData("""[{ "from": "2026-03-02T08:00Z" }]""", "incidents[0].what", "nothing")]
    [InlineData(
        """[{ "what": "x", "from": "2026-03-02T08:00Z", "until": "2026-03-02T08:00Z" }]""",
        "incidents[0].until",
        "\"2026-03-02T08:00Z\""
    )]
    public void An_incident_that_makes_no_sense_is_refused(string incidents, string path, string found)
    {
        var error = Assert.Single(new ModelFile().With("incidents", incidents).Read().Errors);

        Assert.Equal((path, found), (error.Path, error.Found));
    }

    [Fact]
    public void Quiet_hours_can_be_turned_off() =>
        Assert.Null(new ModelFile().With("outreach", """{ "quietHours": null }""").ReadValid().Outreach.QuietHours);

    [Fact]
    public void The_public_address_loses_its_trailing_slash() =>
        Assert.Equal(
            "https://signals.nimbus.example",
            new ModelFile().With("outreach", """{ "publicUrl": "https://signals.nimbus.example/" }""").ReadValid().Outreach.PublicUrl
        );

    [Fact]
    public void A_webhook_is_a_bare_address_for_slack_or_an_object_that_says_its_kind()
    {
        var model = new ModelFile()
            .With("alerts", """{ "webhooks": ["https://chat.example/a", { "kind": "teams", "url": "https://chat.example/b" }] }""")
            .ReadValid();

        Assert.Equal([new("slack", "https://chat.example/a"), new("teams", "https://chat.example/b")], model.Alerts.Webhooks);
    }

    [Fact]
    public void Alerts_may_name_whose_mornings_are_others()
    {
        var alerts = new ModelFile()
            .With(
                "alerts",
                """
                { "timing": "at-once", "atOncePerWeek": 3, "highPrice": 500, "country": "FR", "replyTo": "cs@nimbus.example",
                  "managers": [{ "email": "zoe@nimbus.example", "timezone": "America/New_York", "country": "US" }] }
                """
            )
            .ReadValid()
            .Alerts;

        Assert.Equal(
            (AlertTiming.AtOnce, 3, (double?)500, "FR", "cs@nimbus.example"),
            (alerts.Timing, alerts.AtOncePerWeek, alerts.HighPrice, alerts.Country, alerts.ReplyTo)
        );
        Assert.Equal(
            new AlertManager("zoe@nimbus.example", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), "US"),
            Assert.Single(alerts.Managers)
        );
    }

    [Fact]
    public void Alerts_speak_the_models_first_language_from_the_outreachs_address_unless_told_otherwise()
    {
        var usual = new ModelFile()
            .With("locales", """["fr", "en"]""")
            .With("outreach", """{ "from": { "email": "help@nimbus.example", "name": "Nimbus help" } }""")
            .ReadValid();
        Assert.Equal(("fr", new Sender("help@nimbus.example", $"{usual.Product} Signals")), (usual.TeamLocale, usual.TeamSender));

        var told = new ModelFile()
            .With("alerts", """{ "locale": "fr-CA", "from": { "email": "signals@nimbus.example", "name": "Early warning" } }""")
            .ReadValid();
        Assert.Equal(("fr-CA", new Sender("signals@nimbus.example", "Early warning")), (told.TeamLocale, told.TeamSender));
    }

    [Theory]
    [InlineData("[\"de\"]", "en")]
    [InlineData("[\"de\", \"fr-CA\"]", "fr-CA")]
    [InlineData("[\"en\", \"de\"]", "en")]
    public void A_team_is_written_to_in_a_language_that_has_its_words(string locales, string expected) =>
        Assert.Equal(expected, new ModelFile().With("locales", locales).ReadValid().TeamLocale);

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_welcome() =>
        Assert.Empty(
            ModelFile.ErrorsOf(
                "\uFEFF/* ours */ { \"product\": \"Nimbus\", // the name\n \"value\": { \"unit\": \"x\", \"from\": [{ \"event\": \"E\", \"amount\": 1, },], }, }"
            )
        );

    [Fact]
    public void Plans_are_found_whatever_their_case_and_hold_their_features()
    {
        var model = new ModelFile()
            .WithThingsToName()
            .With("features", """[{ "id": "inbox", "events": ["A"] }, { "id": "export", "events": ["B"], "plans": ["pro"] }]""")
            .ReadValid();

        Assert.Equal(new Plan("pro", 99, 10), model.PlanOf("PRO"));
        Assert.Null(model.PlanOf("gold"));
        Assert.Null(model.PlanOf(null));
        Assert.Equal(["inbox", "export"], model.FeaturesOf("Pro").Select(feature => feature.Id));
        Assert.Equal(["inbox"], model.FeaturesOf("free").Select(feature => feature.Id));
        Assert.Equal(["inbox"], model.FeaturesOf(null).Select(feature => feature.Id));
    }
}
