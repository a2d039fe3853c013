using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Planning;
using Signals.Core.State.Histories;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Planning;

/// <summary>What the model has to say in a message.</summary>
public sealed class MessageContentsTests
{
    private const int Today = 20_000;

    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp().WithFeatures() with
    {
        Locales = ["en", "fr"],
        Features =
        [
            new Feature(
                "inbox",
                Both("Inbox", "Boîte"),
                ["Inbox Opened"],
                true,
                [],
                Both("https://n.example/inbox", "https://n.example/fr/inbox"),
                Both("Answer together.", "Répondez ensemble.")
            ),
            new Feature(
                "reports",
                Both("Reports", "Rapports"),
                ["Report Shared"],
                true,
                [],
                "https://n.example/reports",
                Both("See response times.", "Suivez les temps de réponse d’une seule page.")
            ),
            new Feature("old", "Old reports", ["Old Used"], true, [], "https://n.example/old"),
        ],
        Friction =
        [
            new FrictionKind("errors", Both("errors", "erreurs"), ["Error"]),
            new FrictionKind("adverts", "adverts", ["Advert"])
            {
                Help = "https://n.example/adverts",
                Fixed = Both("Fewer now.", "Moins désormais."),
                Faq = [new FaqEntry(Both("Why?", "Pourquoi ?"), "Because.")],
            },
        ],
        Sunsets =
        [
            new Sunset
            {
                Feature = "old",
                Announced = DateOnly.FromDayNumber(Today - 10),
                LastOrder = DateOnly.FromDayNumber(Today + 5),
                Ends = DateOnly.FromDayNumber(Today + 60),
                NoticeDays = [30],
                Why = Both("Why", "Pourquoi"),
                Terms = "Terms",
                ReplacementFeature = "reports",
                Differences = "None",
                Steps = [Both("Open", "Ouvrir")],
            },
        ],
        Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
        {
            [CauseIds.PaymentFailing] = new()
            {
                Cause = CauseIds.PaymentFailing,
                Message = "payment-failing",
                NextStep = new NextStep("https://n.example/billing", Both("Pay", "Payer")),
            },
        },
    };

    private static readonly MessageContents Contents = new(Model);

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr_CA", "fr")]
    [InlineData("de", "en")]
    [InlineData("", "en")]
    public void It_is_in_the_readers_language_where_the_product_speaks_it(string locale, string language) =>
        Assert.Equal(language, MessageLanguages.For(locale, Model.Locales));

    [Fact]
    public void A_step_has_its_help_and_questions()
    {
        var step = About(CauseIds.OnboardingStalled, "import", "fr");

        Assert.Equal(("Import your users", "https://nimbus.example/import"), (step.Step!.Name, step.ActionUrl));
    }

    [Fact]
    public void Friction_says_what_was_done_about_it_and_leads_nowhere_else()
    {
        var errors = About(CauseIds.Friction, "errors", "fr");
        var adverts = About(CauseIds.Friction, "adverts", "fr");

        Assert.Equal(("erreurs", "", null), (errors.Friction, errors.Fixed, errors.ActionUrl));
        Assert.Equal(("adverts", "Moins désormais.", "https://n.example/adverts"), (adverts.Friction, adverts.Fixed, adverts.ActionUrl));
        Assert.Equal([new MessageFaq("Pourquoi ?", "Because.")], adverts.Faq);
    }

    [Theory]
    [InlineData("see how long a response takes", true)]
    [InlineData("des temps de réponse plus courts", true)]
    [InlineData("reporting for the board", true)]
    [InlineData("take over the world", false)]
    [InlineData("tout réunir dans une seule boîte", false)]
    [InlineData("have more from what they will send", false)]
    [InlineData("", false)]
    public void An_unused_feature_recalls_the_goal_only_where_it_serves_it(string goal, bool isRecalled)
    {
        var variables = Contents.Of(CauseIds.FeaturesUnused, "reports", "en", goal, null, null, Today);

        Assert.Equal((isRecalled ? goal : "", "https://n.example/reports"), (variables.Goal, variables.ActionUrl));
    }

    [Theory]
    [InlineData("know our response times", "reports")]
    [InlineData("", "inbox")]
    public void Where_to_begin_is_what_fits_the_goal_and_never_what_is_being_retired(string goal, string feature) =>
        Assert.Equal(feature, Contents.Of(CauseIds.NeverTookOff, null, "fr", goal, null, null, Today).Feature!.Id);

    [Fact]
    public void Who_pays_for_more_than_they_get_is_shown_what_nobody_of_them_uses()
    {
        var history = new History();
        history.Record("Inbox Opened", Days.Start(Today - 1), mentioned: true, []);

        Assert.Equal(
            "reports",
            Contents.Of(CauseIds.PriceOverValue, null, "en", "", null, new UsageView(history, Model), Today).Feature!.Id
        );
    }

    [Fact]
    public void A_playbooks_next_step_wins_over_any_help_page_and_where_there_is_none_a_reply_is_asked_for()
    {
        var payment = About(CauseIds.PaymentFailing, null, "fr");

        Assert.Equal(("https://n.example/billing", "Payer"), (payment.ActionUrl, payment.ActionLabel));
        Assert.All(
            (string[])[CauseIds.SeatsShrinking, CauseIds.NeedsChanged, CauseIds.UsageDrop, CauseIds.Delight],
            cause => Assert.Null(About(cause, null, "en").ActionUrl)
        );
    }

    [Fact]
    public void A_sunset_leads_to_what_takes_its_place_and_says_that_the_last_order_is_near()
    {
        var variables = About(CauseIds.FeatureSunset, "old", "fr");

        Assert.Equal(
            ("Old reports", "Rapports", "Pourquoi", true),
            (variables.Sunset!.Feature, variables.Sunset.Replacement, variables.Sunset.Why, variables.Sunset.IsLastOrderNear)
        );
        Assert.Equal(["Ouvrir"], variables.Sunset.Steps);
        Assert.Equal("https://n.example/reports", variables.ActionUrl);
    }

    private static MessageVariables About(string cause, string? detail, string locale) =>
        Contents.Of(cause, detail, locale, "", null, null, Today);

    private static LocalText Both(string english, string french) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { ["en"] = english, ["fr"] = french });
}
