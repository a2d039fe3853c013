using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class ModelDefaultTests
{
    [Fact]
    public void Everything_but_product_and_value_has_a_default()
    {
        var model = new ModelFile().ReadValid();

        Assert.Equal("Nimbus", model.Product);
        Assert.Equal(AccountsMode.Person, model.Accounts);
        Assert.Equal("USD", model.Currency);
        Assert.Equal("UTC", model.TimeZone.Id);
        Assert.Equal(["en"], model.Locales);
        Assert.Equal(new Floor(15, 30), model.Value.Floor);
        Assert.Equal(new ValueSource("Video Watched", 3, null), Assert.Single(model.Value.From));
        Assert.Empty(model.Features);
        Assert.Null(model.Reach);
        Assert.Empty(model.Onboarding);
        Assert.Equal("score", model.Feedback.Score);
        Assert.Equal(48, model.Tickets.WithinHours);
        Assert.Empty(model.Plans);
        Assert.Equal(CauseSettings.Usual, model.Causes);
        Assert.Equal(OutreachMode.DryRun, model.Outreach.Mode);
        Assert.Equal(new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)), model.Outreach.QuietHours);
        Assert.Equal(new SendCap(1, 7), model.Outreach.PerPerson);
        Assert.Equal(0.1, model.Outreach.Holdout);
        Assert.Equal(24, model.Alerts.AnswerWithinHours);
    }

    [Fact]
    public void Features_and_steps_need_little_more_than_an_id_and_events()
    {
        var model = new ModelFile().WithThingsToName().ReadValid();

        var feature = model.Features[0];
        Assert.Equal(("export", "export", false, null), (feature.Id, feature.Name, feature.Key, feature.Help));
        Assert.Empty(feature.Plans);
        var step = Assert.Single(model.Onboarding);
        Assert.Equal((StepScope.Account, 7), (step.Scope, step.WithinDays));
        Assert.Empty(step.Tried);
        Assert.Empty(step.Faq);
    }

    [Fact]
    public void Every_cause_has_a_playbook_named_after_it()
    {
        var model = new ModelFile().ReadValid();

        Assert.Equal(CauseCatalogue.Ids, model.Playbooks.Keys);
        foreach (var cause in CauseCatalogue.Ids.Except([CauseIds.SupportUnhappy]))
            Assert.Equal(cause, model.PlaybookFor(cause).Message);
        Assert.Equal(new Goal(Step: "*"), model.PlaybookFor(CauseIds.OnboardingStalled).Goal);
        Assert.Equal(Audience.NextMostActive, model.PlaybookFor(CauseIds.ChampionLeft).To);
        Assert.Equal(Audience.Admin, model.PlaybookFor(CauseIds.SeatsShrinking).To);
    }

    [Fact]
    public void The_unhappy_get_no_template_and_delight_alerts_nobody()
    {
        var model = new ModelFile().ReadValid();

        Assert.Null(model.PlaybookFor(CauseIds.SupportUnhappy).Message);
        // Whatever the level: by design nobody else writes to them.
        Assert.Equal(RiskLevel.Healthy, model.PlaybookFor(CauseIds.SupportUnhappy).Alert);
        Assert.Null(model.PlaybookFor(CauseIds.Delight).Alert);
    }

    [Fact]
    public void A_payment_message_has_worked_when_the_payment_recovered()
    {
        var model = new ModelFile().With("billing", """{ "failed": ["Failed"], "recovered": ["Paid", "Settled"] }""").ReadValid();

        Assert.Equal(new Goal(Event: "Paid"), model.PlaybookFor(CauseIds.PaymentFailing).Goal);
    }

    [Fact]
    public void A_playbook_in_the_file_changes_only_what_it_names()
    {
        var model = new ModelFile()
            .With(
                "playbooks",
                """{ "champion-left": { "cooldownDays": 5, "alert": "never" }, "friction": { "message": null, "goal": null } }"""
            )
            .ReadValid();

        Assert.Equal(
            PlaybookCatalogue.For(new())[CauseIds.ChampionLeft] with
            {
                CooldownDays = 5,
                Alert = null,
            },
            model.PlaybookFor(CauseIds.ChampionLeft)
        );
        Assert.Equal((null, null), (model.PlaybookFor(CauseIds.Friction).Message, model.PlaybookFor(CauseIds.Friction).Goal));
    }

    [Fact]
    public void A_model_built_by_hand_has_the_usual_playbooks_and_refuses_unknown_causes()
    {
        var model = new ValueModel { Product = "Nimbus", Value = new("minutes", [], new()) };

        Assert.Equal(CauseIds.UsageDrop, model.PlaybookFor(CauseIds.UsageDrop).Cause);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PlaybookFor("boredom"));
    }
}
