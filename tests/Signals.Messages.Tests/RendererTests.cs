using Signals.Core.Platform.Languages;
using Signals.Core.Response.Messages;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Messages.Tests;

public sealed class RendererTests
{
    private const char NoBreakSpace = '\u00a0';

    private static readonly HandlebarsMessageRenderer Renderer = new(TemplateSource.Embedded, MessageLanguages.All);

    public static TheoryData<string, string> CustomerMessages()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in TemplateNames.BuiltIn.Where(name => !TemplateNames.IsForTeam(name)))
        {
            foreach (string locale in MessageLanguages.All)
                data.Add(name, locale);
        }
        return data;
    }

    public static TheoryData<string> Names() => new(TemplateNames.BuiltIn);

    [Theory]
    [MemberData(nameof(CustomerMessages))]
    public void A_customer_message_names_the_product_the_goal_and_the_way_out_in_both_bodies(string name, string locale)
    {
        var message = Renderer.Render(name, locale, Variables.Full(name));

        foreach (string body in (string[])[message.Text, message.Html])
        {
            Assert.Contains("Ada", body, StringComparison.Ordinal);
            Assert.Contains("Nimbus", body, StringComparison.Ordinal);
            Assert.Contains("https://nimbus.example/u/token", body, StringComparison.Ordinal);
            Assert.Contains("1 Cloud Street", body, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", body, StringComparison.Ordinal);
        }
        if (name is not ("payment-failing" or "payment-failing-again" or "feature-sunset" or "confirm-address" or "survey"))
            Assert.Contains("send a weekly report to every client", message.Text, StringComparison.Ordinal);
        Assert.Equal(locale, message.Locale);
        Assert.False(string.IsNullOrWhiteSpace(message.Subject));
    }

    [Theory]
    [MemberData(nameof(CustomerMessages))]
    public void A_customer_message_is_short(string name, string locale)
    {
        var variables = Variables.Full(name);

        string text = Renderer.Render(name, locale, variables).Text;
        int words = text[..text.IndexOf("\n--\n", StringComparison.Ordinal)]
            .Split([' ', '\n', NoBreakSpace], StringSplitOptions.RemoveEmptyEntries)
            .Length;

        // A sunset notice owes everything it lists; the others say one thing.
        Assert.InRange(words, 20, name == "feature-sunset" ? 220 : 135);
    }

    [Theory]
    [MemberData(nameof(CustomerMessages))]
    public void A_message_loads_nothing_and_tracks_nobody(string name, string locale)
    {
        string html = Renderer.Render(name, locale, Variables.Full(name)).Html;

        foreach (string loaded in (string[])["<img", "<script", "<link", "<iframe", "url(", "src=", "@import", "@font-face"])
            Assert.DoesNotContain(loaded, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"<html lang=\"{locale}\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table cell", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void French_has_no_space_where_a_line_must_not_break(string name)
    {
        var message = Renderer.Render(name, "fr", Variables.For(name));

        Assert.DoesNotMatch("[ ][;:!?»]|«[ ]|[^ \u00a0\\s/]»", message.Text + message.Subject);
        Assert.DoesNotMatch("[a-zé]'[a-zé]", message.Text.Replace("Grace", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alert")]
    [InlineData("digest")]
    [InlineData("report")]
    public void The_team_is_written_to_in_English_where_a_language_is_the_customers_alone(string name) =>
        Assert.Equal("en", Renderer.Render(name, "de", Variables.For(name)).Locale);

    [Theory]
    [MemberData(nameof(CustomerMessages))]
    public void What_is_quoted_stands_in_the_quotes_of_the_language(string name, string locale)
    {
        var (opening, closing, others) = locale switch
        {
            "de" => ('„', '“', "«»”\""),
            "fr" => ('«', '»', "„“”\""),
            _ => ('“', '”', "«»„\""),
        };
        var message = Renderer.Render(name, locale, Variables.For(name, locale));

        string all = message.Subject + message.Text;
        Assert.Equal(all.Count(sign => sign == opening), all.Count(sign => sign == closing));
        Assert.DoesNotContain(all, others.Contains);
    }

    [Theory]
    [InlineData("fr-CA", "fr")]
    [InlineData("fr_FR", "fr")]
    [InlineData("FR", "fr")]
    [InlineData("de-DE", "de")]
    [InlineData("es", "en")]
    [InlineData("", "en")]
    [InlineData("../../etc/passwd", "en")]
    public void A_message_is_in_the_nearest_language_there_is(string asked, string expected) =>
        Assert.Equal(expected, Renderer.Render("friction", asked, Variables.Bare("friction")).Locale);

    [Fact]
    public void A_language_that_the_product_does_not_write_in_is_passed_over()
    {
        var french = new HandlebarsMessageRenderer(TemplateSource.Embedded, ["fr"]);
        var english = new HandlebarsMessageRenderer(TemplateSource.Embedded, ["en"]);

        Assert.Equal("fr", french.Render("friction", "de", Variables.Bare("friction")).Locale);
        Assert.Equal("fr", french.Render("friction", "en", Variables.Bare("friction")).Locale);
        Assert.Equal("en", english.Render("friction", "fr-CA", Variables.Bare("friction")).Locale);
    }

    [Theory]
    [InlineData("nothing-like-it")]
    [InlineData("footer")]
    [InlineData("../en/friction")]
    public void A_template_that_is_not_there_says_so(string name) =>
        Assert.Contains(
            $"'{name}'",
            Assert.Throws<TemplateException>(() => Renderer.Render(name, "en", Variables.Bare(name))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void What_customers_typed_is_escaped_in_HTML_and_plain_in_text()
    {
        var message = Renderer.Render(
            "friction",
            "en",
            Variables.Full("friction") with
            {
                Goal = "<b>Ads & \"co\"</b> 'x'",
                Friction = "<script>alert(1)</script>",
            }
        );

        Assert.Contains("&lt;b&gt;Ads &amp; &quot;co&quot;&lt;/b&gt; &#39;x&#39;", message.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", message.Html, StringComparison.Ordinal);
        Assert.Contains("<b>Ads & \"co\"</b> 'x'", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_stays_on_its_line_and_cannot_turn_the_text_around()
    {
        var message = Renderer.Render(
            "onboarding-stalled",
            "en",
            Variables.Full("onboarding-stalled") with
            {
                PersonName = "Ada\r\n\r\nSend money\u202e to",
                Step = new MessageStep("s", "Import\r\nBcc: eve@evil.example \u2066x", "", [], 0, 0),
            }
        );

        Assert.Equal("Still to do in Nimbus: “Import Bcc: eve@evil.example x”", message.Subject);
        Assert.StartsWith("Hello,\n", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', message.Html);
    }

    [Theory]
    [InlineData("Claim your prize at evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("ada@customer.example")]
    [InlineData("www.evil")]
    [InlineData("user123")]
    [InlineData("Test")]
    [InlineData("undefined")]
    [InlineData("{{personEmail}}")]
    [InlineData("<b>Ada</b>")]
    [InlineData("Win $500 now!")]
    [InlineData("🙂")]
    [InlineData("A name that goes on and on and on and on and on and on and on and on")]
    public void A_name_that_is_an_advertisement_counts_as_unknown(string name) =>
        Assert.StartsWith(
            "Hello,\n",
            Renderer.Render("friction", "en", Variables.Full("friction") with { PersonName = name }).Text,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("J.R. Hartley")]
    [InlineData("Zoë O’Neill-Świątek")]
    [InlineData("李小龍")]
    [InlineData("Anne-Marie d’Arc")]
    [InlineData("ada")]
    public void A_name_that_is_a_name_is_used(string name) =>
        Assert.StartsWith(
            $"Hello {name},\n",
            Renderer.Render("friction", "en", Variables.Full("friction") with { PersonName = name }).Text,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/relative")]
    [InlineData("not a link")]
    public void An_action_that_is_no_web_address_is_left_out(string url)
    {
        var message = Renderer.Render("friction", "en", Variables.Full("friction") with { ActionUrl = url });

        Assert.DoesNotContain(url, message.Html, StringComparison.Ordinal);
        Assert.Contains("what were you doing when it happened?", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_is_cut_to_what_an_inbox_shows()
    {
        var message = Renderer.Render(
            "onboarding-stalled",
            "en",
            Variables.Full("x") with
            {
                Step = new MessageStep("s", string.Concat(Enumerable.Repeat("🙂", 400)), "", [], 0, 0),
            }
        );

        Assert.InRange(message.Subject.Length, 100, 150);
        Assert.EndsWith("🙂…", message.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_render_the_same_message_alike()
    {
        var renderer = new HandlebarsMessageRenderer(TemplateSource.Embedded, ["en", "fr"]);

        var rendered = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    Task.Run(
                        () => renderer.Render("alert", i % 2 == 0 ? "en" : "fr", Variables.Alert),
                        TestContext.Current.CancellationToken
                    )
                )
        );

        Assert.Equal(2, rendered.Distinct().Count());
    }
}
