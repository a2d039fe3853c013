using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Messages.Lint;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Messages.Tests;

public sealed class LintTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signals-templates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_templates_that_come_with_the_product_have_no_fault() => Assert.Empty(MessageLint.Check(TemplateSource.Embedded));

    [Fact]
    public void Every_cause_has_a_message_in_every_language() =>
        Assert.All(
            MessageLanguages.All,
            locale =>
                Assert.All(
                    TemplateNames.BuiltIn.Append(TemplateNames.Footer).Append(TemplateNames.TeamFooter),
                    name =>
                        Assert.Equal(
                            !TemplateNames.IsForTeam(name) || Language.Of(locale).IsForTeam,
                            TemplateSource.Embedded.Find(name, locale) is not null
                        )
                )
        );

    [Fact]
    public void There_are_templates_in_the_languages_that_there_are_catalogues_in() =>
        Assert.Equal(MessageLanguages.All.Order(StringComparer.Ordinal), TemplateSource.Embedded.Locales);

    /// <summary>Found by <see cref="TemplateFuzzTests"/>, seed 140: the engine took the two and fell over them.</summary>
    [Theory]
    [InlineData("{{#if plan}}a{{else}}b{{else}}c{{/if}}", true)]
    [InlineData("{{#if plan}}a{{else}}b{{else if accountId}}c{{/if}}", true)]
    [InlineData("{{#if plan}}a{{else if accountId}}b{{else}}c{{/if}}", false)]
    [InlineData("{{#if plan}}a{{else}}{{#if accountId}}b{{else}}c{{/if}}{{/if}}", false)]
    public void Nothing_comes_after_the_else_of_a_block(string text, bool isFault) =>
        Assert.Equal(isFault, Faults(text).Any(fault => fault.Problem.Contains("which is its last part", StringComparison.Ordinal)));

    [Theory]
    [InlineData("We miss you!", "'We miss you'")]
    [InlineData("You haven’t\nlogged in for a while.", "'You haven’t logged in'")]
    [InlineData("Please  come\nback soon.", "'come back'")]
    [InlineData("Vous nous manquez.", "'Vous nous manquez'")]
    [InlineData("Wir vermissen dich!", "'Wir vermissen dich'")]
    [InlineData("¡Te echamos de menos!", "'Te echamos de menos'")]
    [InlineData("We **miss** you!", "'We miss you'")]
    [InlineData("You haven't used it once.", "'You haven't used'")]
    [InlineData("Vous allez nous manquer.", "'Vous allez nous manquer'")]
    [InlineData("Ça fait un moment.", "'Ça fait un moment'")]
    [InlineData("Wir haben dich vermisst.", "'dich vermisst'")]
    [InlineData("Vergessen Sie uns nicht.", "'Vergessen Sie uns nicht'")]
    [InlineData("Te hemos echado de menos.", "'echado de menos'")]
    [InlineData("Queremos que vuelvas.", "'Queremos que vuelvas'")]
    public void Guilt_is_a_fault_in_any_language(string words, string found)
    {
        var fault = Assert.Single(Faults("Hello,\n\n" + words));

        Assert.Contains(found, fault.Problem, StringComparison.Ordinal);
        Assert.Equal(6, fault.Line);
    }

    [Theory]
    [InlineData("The error comes back when you save.")]
    [InlineData("Don't let go: dismiss your doubts.")]
    public void Words_that_only_look_like_guilt_are_fine(string words) => Assert.Empty(Faults(words));

    [Fact]
    public void A_fault_says_where_it_is()
    {
        var fault = Assert.Single(Faults("Hello,\n\nyour {{gaol}} is near."));

        Assert.Equal((6, 6), (fault.Line, fault.Column));
        Assert.EndsWith("friction.hbs", fault.File, StringComparison.Ordinal);
        Assert.Contains("'gaol'", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("goal", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{step.nmae}}", "no variable 'step.nmae'")]
    [InlineData("{{#each step.faq}}{{name}}{{/each}}", "no variable 'name'")]
    [InlineData("{{@first}}", "no variable '@first'")]
    [InlineData("{{personName.length}}", "no variable 'personName.length'")]
    [InlineData("{{#each goal}}x{{/each}}", "is no list")]
    [InlineData("{{#if goal}}x", "never closed")]
    [InlineData("{{#if goal}}x{{/each}}", "does not close")]
    [InlineData("x{{/if}}", "closes nothing")]
    [InlineData("{{else}}", "outside any block")]
    [InlineData("{{#shout goal}}x{{/shout}}", "no block helper 'shout'")]
    [InlineData("{{shout goal}}", "no helper 'shout'")]
    [InlineData("{{#equals goal}}x{{/equals}}", "takes 2 arguments")]
    [InlineData("{{goal", "does not end")]
    [InlineData("{{}}", "does not end")]
    [InlineData("{{{goal}}}", "would let a customer's words become HTML")]
    [InlineData("{{&goal}}", "would let a customer's words become HTML")]
    [InlineData("{{> footer}}", "only the layout has parts")]
    [InlineData("[Go](http://nimbus.example)", "start with https://")]
    [InlineData("[Go](javascript:alert)", "start with https://")]
    [InlineData("[Go](nimbus.example)", "start with https://")]
    [InlineData("See http://nimbus.example for more.", "start with https://")]
    [InlineData("[Go]({{actionUrl}}) or [stay]({{step.help}})", "one next step")]
    [InlineData("[Go]({{actionUrl}}) or see https://nimbus.example/more", "one next step")]
    [InlineData("[Go]({{actionUrl}})\n\nOr copy {{step.help}} into your browser.", "one next step")]
    [InlineData("[Go]({{actionUrl}})\n\nOr visit www.nimbus.example today.", "one next step")]
    [InlineData("<a href=\"https://nimbus.example\">Go</a> or <a href=\"https://nimbus.example/b\">go on</a>", "one next step")]
    [InlineData("[Go]({{actionUrl}})\n\n{{#if goal}}\n[Go](https://nimbus.example)\n{{/if}}", "one next step")]
    [InlineData("{{#each step.faq}}[Go](https://nimbus.example){{/each}}", "one next step")]
    [InlineData("  \n ", "has no text")]
    public void What_must_not_be_sent_is_a_fault(string body, string problem) =>
        Assert.Contains(Faults(body), fault => fault.Problem.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("{{#if actionUrl}}\n[Go]({{actionUrl}})\n{{else}}\n[Go]({{step.help}})\n{{/if}}")]
    [InlineData("[https://nimbus.example/a]({{actionUrl}})")]
    [InlineData("{{#each step.faq}}{{question}} {{../goal}} {{@index}}{{#if @last}}.{{/if}}{{/each}}")]
    [InlineData("{{#with step}}{{name}} {{../product}}{{/with}}{{#each questions}}{{this}}{{/each}}{{step.faq.[0].question}}")]
    [InlineData(
        "{{#greaterThan step.failures 2}}x{{else}}y{{/greaterThan}}{{insert personName \"default=there\"}}{{! a note }}{{formatDate sunset.ends \"D MMMM\"}}"
    )]
    [InlineData("{{#if goal}}a{{else if plan}}b{{else}}c{{/if}}{{#unless goal}}d{{/unless}}{{#each causes}}{{else}}none{{/each}}")]
    public void What_Handlebars_can_do_is_fine(string body) => Assert.Empty(Faults(body));

    [Fact]
    public void A_message_without_a_subject_is_a_fault()
    {
        Write("en/friction.hbs", "preheader: x\ntopic: y\n---\nHello.\n");

        var problems = Check().Select(fault => fault.Problem).ToList();

        Assert.Contains(problems, problem => problem.Contains("no subject", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("found 'topic: y'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_footer_of_their_own_without_a_way_to_unsubscribe_is_a_fault_of_every_customer_message()
    {
        Write("en/footer.hbs", "Nimbus, {{postalAddress}}\n");

        Assert.All(Check("friction", "delight"), fault => Assert.Contains("unsubscribe link", fault.Problem, StringComparison.Ordinal));
        Assert.Equal(2, Check("friction", "delight").Count);
        Assert.Empty(Check("alert"));
    }

    [Fact]
    public void A_way_to_unsubscribe_that_not_everybody_gets_is_none()
    {
        Write("en/footer.hbs", "{{#if goal}}[unsubscribe]({{unsubscribeUrl}}){{/if}} {{product}}\n");

        Assert.Contains("in no condition but its own", Assert.Single(Check("friction")).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{produkt}} [stop]({{unsubscribeUrl}})", 1, 1, "'produkt'")]
    [InlineData("[stop]({{unsubscribeUrl}})\n\nCome back soon!", 3, 1, "'Come back'")]
    [InlineData("[stop]({{unsubscribeUrl}})\n[more](http://nimbus.example)", 2, 8, "https://")]
    [InlineData("[stop]({{unsubscribeUrl}}) {{#if goal}}", 1, 28, "never closed")]
    public void A_fault_of_a_footer_is_told_where_it_stands(string footer, int line, int column, string problem)
    {
        Write("en/footer.hbs", footer);

        var fault = Check("friction").First(fault => fault.File.EndsWith("footer.hbs", StringComparison.Ordinal));

        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=\"http://nimbus.example/logo.png\">", "found 'http://nimbus.example/logo.png'")]
    [InlineData("<a href='javascript:x()'>", "found 'javascript:x()'")]
    [InlineData("<td style=\"background:url(http://nimbus.example/a.png)\">", "found 'http://nimbus.example/a.png'")]
    [InlineData("{{produkt}}", "'produkt'")]
    [InlineData("{{> heading}}", "no part {{> heading}}")]
    [InlineData("{{{goal}}}", "would let a customer's words become HTML")]
    [InlineData("{{#if goal}}", "never closed")]
    [InlineData("<p>We miss you</p>", "'We miss you'")]
    public void A_fault_of_a_layout_is_told_where_it_stands(string html, string problem)
    {
        Write(
            "layout.html",
            $"<html lang=\"{{{{> lang}}}}\"><title>{{{{> subject}}}}</title>{{{{> preheader}}}}\n{{{{> body}}}}\n{html}{{{{> footer}}}}</html>"
        );

        var fault = Assert.Single(Check("friction", "delight"));

        Assert.Equal(3, fault.Line);
        Assert.EndsWith("layout.html", fault.File, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_may_name_the_dialect_it_is_written_in()
    {
        Write(
            "layout.html",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{{> lang}}\"><title>{{> subject}}</title>{{> preheader}}{{> body}}{{> footer}}</html>"
        );

        Assert.Empty(Check("friction"));
    }

    [Fact]
    public void Whatever_a_team_wrote_is_read_though_nothing_names_it_yet()
    {
        Write("en/win-back.hbs", "subject: x\n---\nWe miss you.\n");
        Write("de/friction.hbs", "subject: x\n---\nWir vermissen dich.\n");
        Write("de/footer.hbs", "{{nope}} [ab]({{unsubscribeUrl}})\n");

        Assert.Equal(["footer.hbs", "friction.hbs", "win-back.hbs"], Check("delight").Select(fault => Path.GetFileName(fault.File)));
    }

    [Fact]
    public void What_the_model_itself_says_to_customers_is_read_too()
    {
        var model = new ValueModel
        {
            Product = "Nimbus",
            Value = new ValueDefinition("minutes", [], new Floor()),
            Features =
            [
                new Feature(
                    "a",
                    "Exports",
                    ["A"],
                    true,
                    [],
                    null,
                    new LocalText(
                        new Dictionary<string, string>(StringComparer.Ordinal) { ["en"] = "Good.", ["fr"] = "Vous nous manquez." }
                    )
                ),
            ],
            Onboarding =
            [
                new OnboardingStep(
                    "s",
                    "Import",
                    StepScope.Account,
                    ["D"],
                    [],
                    [],
                    3,
                    null,
                    [new FaqEntry("Why?", "Because we miss you.")]
                ),
            ],
        };

        Assert.Equal(
            ["features[0].description: 'Vous nous manquez'", "onboarding[0].faq[0].a: 'we miss you'"],
            ModelLint.Check(model).Select(fault => fault[..(fault.LastIndexOf('\'') + 1)].Split(" is about")[0])
        );
    }

    [Fact]
    public void A_layout_of_their_own_needs_a_place_for_the_message()
    {
        Write("layout.html", "<html lang=\"{{> lang}}\"><title>{{> subject}}</title>{{> preheader}}{{> footer}}</html>");

        Assert.Contains("{{> body}}", Assert.Single(Check("friction")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_a_playbook_names_and_nobody_wrote_is_a_fault() =>
        Assert.Contains(
            "'win-back'",
            Assert.Single(MessageLint.Check(TemplateSource.Embedded, ["win-back"], ["en"])).Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_of_their_own_takes_the_place_of_the_template()
    {
        Write("en/friction.hbs", "subject: Ours\n---\nHello **{{product}}** & all.\\\nNext line.\n");
        Write("pt-BR/friction.hbs", "subject: Nosso\n---\nOlá.\n");

        var renderer = new HandlebarsMessageRenderer(TemplateSource.WithFolder(_folder), ["en", "pt-BR"]);
        var message = renderer.Render("friction", "en", Variables.Bare("friction"));

        Assert.Equal("Ours", message.Subject);
        Assert.StartsWith("Hello Nimbus & all.\nNext line.\n\n--\n", message.Text, StringComparison.Ordinal);
        Assert.Contains("Hello <strong>Nimbus</strong> &amp; all.<br>\nNext line.</p>", message.Html, StringComparison.Ordinal);
        Assert.Equal("Nosso", renderer.Render("friction", "pt-BR", Variables.Bare("friction")).Subject);
        Assert.Equal("Thank you for your answer about Nimbus", renderer.Render("delight", "pt-BR", Variables.Bare("delight")).Subject);
    }

    [Fact]
    public void A_broken_template_that_is_rendered_all_the_same_says_so()
    {
        Write("en/friction.hbs", "subject: x\n---\n{{#if goal}}\n");
        Write("en/delight.hbs", "subject: x\n---\n{{{goal}}}\n");
        var renderer = new HandlebarsMessageRenderer(TemplateSource.WithFolder(_folder), ["en"]);

        Assert.Contains(
            "friction.hbs",
            Assert.Throws<TemplateException>(() => renderer.Render("friction", "en", Variables.Bare("x"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "{{{goal}}}",
            Assert.Throws<TemplateException>(() => renderer.Render("delight", "en", Variables.Bare("x"))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("friction.hbs")]
    [InlineData("en/deep/friction.hbs")]
    [InlineData("en/Friction One.hbs")]
    public void A_file_whose_path_is_no_language_and_name_is_refused(string path)
    {
        Write(path, "subject: x\n---\nx\n");

        Assert.Contains(
            $"'{path}'",
            Assert.Throws<TemplateException>(() => TemplateSource.WithFolder(_folder)).Message,
            StringComparison.Ordinal
        );
    }

    private IReadOnlyList<TemplateFault> Faults(string body)
    {
        Write("en/friction.hbs", $"subject: A subject\npreheader: A line\n---\n{body}\n");
        return Check();
    }

    private IReadOnlyList<TemplateFault> Check(params string[] names) =>
        MessageLint.Check(TemplateSource.WithFolder(_folder), names.Length == 0 ? ["friction"] : names, ["en"]);

    private void Write(string path, string content)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
