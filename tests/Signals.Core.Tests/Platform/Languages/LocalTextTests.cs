using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Testing.World;

namespace Signals.Core.Tests.Platform.Languages;

/// <summary>Texts for customers, given once or by language.</summary>
public sealed class LocalTextTests
{
    [Fact]
    public void Every_text_for_customers_may_be_given_by_language()
    {
        var model = new ModelFile()
            .With("locales", """["en", "fr-CA"]""")
            .With(
                "features",
                """
                [{ "id": "export", "name": { "en": "Exports", "fr": "Exports (fr)" }, "events": ["Exported"], "help": { "en": "https://n.example/en", "fr": "https://n.example/fr" },
                   "description": { "fr": "Vos données.", "en": "Your data." } }, { "id": "feeds", "events": ["Fed"] }]
                """
            )
            .With(
                "onboarding",
                """[{ "id": "import", "name": { "en": "Import", "fr": "Importer" }, "done": ["Imported"], "faq": [{ "q": { "en": "Why?", "fr": "Pourquoi ?" }, "a": "So." }] }]"""
            )
            .With(
                "friction",
                """[{ "id": "errors", "name": { "en": "errors", "fr": "erreurs" }, "events": ["Error"], "fixed": { "en": "Fixed.", "fr": "Réparé." } }]"""
            )
            .With(
                "sunsets",
                """
                [{ "feature": "export", "announced": "2026-01-10", "lastOrder": "2026-03-01", "ends": "2026-06-30", "why": { "en": "W", "fr": "Wf" },
                   "terms": { "en": "T", "fr": "Tf" }, "replacement": { "feature": "feeds", "differences": { "en": "D", "fr": "Df" } },
                   "steps": [{ "en": "Open", "fr": "Ouvrir" }, "OK"], "lastOrderNoticeDays": [14] }]
                """
            )
            .With("incidents", """[{ "what": { "en": "slow", "fr": "lent" }, "from": "2026-01-01T00:00:00Z" }]""")
            .With(
                "playbooks",
                """{ "payment-failing": { "nextStep": { "url": "https://n.example/pay", "label": { "en": "Pay", "fr": "Payer" } } }, "delight": { "nextStep": null } }"""
            )
            .ReadValid();

        var feature = model.Features[0];
        Assert.Equal(
            ("Exports (fr)", "https://n.example/fr", "Vos données."),
            (feature.Name.In("fr-CA"), feature.Help!.In("fr"), feature.Description!.In("fr"))
        );
        Assert.Equal(("Exports", "https://n.example/en"), (feature.Name.In("en"), feature.Help.In("de")));
        Assert.Equal(
            ("Importer", "Pourquoi ?", "So."),
            (model.Onboarding[0].Name.In("fr"), model.Onboarding[0].Faq[0].Question.In("fr"), model.Onboarding[0].Faq[0].Answer.In("fr"))
        );
        Assert.Equal(("erreurs", "Réparé."), (model.Friction[0].Name.In("fr"), model.Friction[0].Fixed!.In("fr")));
        var sunset = model.Sunsets[0];
        Assert.Equal(("Wf", "Tf", "Df"), (sunset.Why.In("fr"), sunset.Terms.In("fr"), sunset.Differences.In("fr")));
        Assert.Equal(["Ouvrir", "OK"], sunset.Steps.Select(step => step.In("fr")));
        Assert.Equal("lent", model.Incidents[0].What.In("fr"));
        Assert.Equal("Payer", model.PlaybookFor(CauseIds.PaymentFailing).NextStep!.Label!.In("fr"));
        Assert.Null(model.PlaybookFor(CauseIds.Delight).NextStep);
    }

    [Theory]
    [InlineData("""{ "en": "Exports" }""", "features[0].name: found no text in \"fr\", expected one, as \"locales\" names \"fr\"")]
    [InlineData("""{ "en": "Exports", "fr": "" }""", "features[0].name.fr: found \"\", expected a name, one line of 1 to 200 characters")]
    [InlineData(
        """{ "en": "Exports", "fr": "Exports", "german": "Exporte" }""",
        "features[0].name.german: found an unknown property, expected one of \"en\", \"de\", \"fr\""
    )]
    [InlineData("{}", "features[0].name: found a text in no language, expected one for each of \"en\", \"de\", \"fr\"")]
    [InlineData(
        "7",
        "features[0].name: found 7, expected a name, one line of 1 to 200 characters, or one for each language, such as { \"en\": \"...\", \"fr\": \"...\" }"
    )]
    public void What_cannot_be_read_is_told_with_its_path(string name, string error) =>
        Assert.Equal(
            [error],
            new ModelFile()
                .With("locales", """["en", "fr"]""")
                .With("features", $$"""[{ "id": "export", "events": ["Exported"], "name": {{name}} }]""")
                .Errors()
        );

    [Fact]
    public void A_step_of_a_move_is_given_once() =>
        Assert.Equal(
            ["sunsets[0].steps[1]: found \"Open\" a second time, expected each value once"],
            new ModelFile()
                .WithThingsToName()
                .With(
                    "sunsets",
                    """
                    [{ "feature": "export", "announced": "2026-01-10", "lastOrder": "2026-03-01", "ends": "2026-06-30", "why": "W", "terms": "T",
                       "replacement": { "feature": "feeds", "differences": "D" }, "steps": ["Open", "Open"] }]
                    """
                )
                .Errors()
        );

    [Theory]
    [InlineData(
        """{ "nextStep": { "label": "Pay" } }""",
        "playbooks.payment-failing.nextStep.url: found nothing, expected an absolute https URL such as \"https://nimbus.example/help\" (http on this machine only)"
    )]
    [InlineData(
        """{ "nextStep": { "url": "http://n.example" } }""",
        "playbooks.payment-failing.nextStep.url: found \"http://n.example\", expected an absolute https URL such as \"https://nimbus.example/help\" (http on this machine only)"
    )]
    public void A_next_step_leads_somewhere_safe(string playbook, string error)
    {
        string found = Assert.Single(new ModelFile().With("playbooks", $$"""{ "payment-failing": {{playbook}} }""").Errors());
        Assert.StartsWith(error, found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_in_one_language_reads_so_in_all()
    {
        LocalText plain = "Exports";
        var french = new LocalText(new Dictionary<string, string>(StringComparer.Ordinal) { ["fr"] = "Exporter" });

        Assert.Equal(("Exports", "Exports"), (plain.In("en"), plain.In("fr")));
        Assert.Equal(("Exporter", "Exporter", "Exporter"), (french.In("en"), french.In("fr-FR"), french.Text));
        Assert.Equal(french, new LocalText(new Dictionary<string, string>(StringComparer.Ordinal) { ["fr"] = "Exporter" }));
        Assert.NotEqual(plain, french);
    }
}
