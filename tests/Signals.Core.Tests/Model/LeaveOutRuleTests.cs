using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Tests.Intake.Events;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

/// <summary>The model's rules about who is no customer, which ids are nobody's, and what one event can carry.</summary>
public sealed class LeaveOutRuleTests
{
    [Fact]
    public void A_models_rules_stand_before_the_usual_ones_and_take_the_place_of_those_they_name()
    {
        var model = new ModelFile()
            .With(
                "people",
                """
                { "leaveOut": [
                  { "name": "staff", "domains": ["nimbus.example"], "ids": ["test-*"], "traits": { "internal": ["true"], "team": ["qa*"] }, "browsers": true },
                  { "name": "crawlers", "userAgents": ["*OurProbe*"] } ] }
                """
            )
            .ReadValid();

        Assert.Equal(["staff", "crawlers", "service-accounts"], model.People.LeaveOut.Select(rule => rule.Name));
        var staff = model.People.LeaveOut[0];
        Assert.Equal(
            ("nimbus.example", "test-*", "qa*", false),
            (Assert.Single(staff.Domains), Assert.Single(staff.Ids), staff.Traits["team"][0], staff.GivesValue)
        );
        Assert.Equal(["*OurProbe*"], model.People.LeaveOut[1].UserAgents);
        Assert.True(model.People.LeaveOut[2].GivesValue);
        Assert.Equal([true, false, false], model.People.LeaveOut.Select(rule => rule.BelievesBrowsers));
    }

    [Theory]
    [InlineData(
        """{ "leaveOut": [{ "domains": ["a.example"] }] }""",
        "people.leaveOut[0].name: found nothing, expected an id of 1 to 64 letters, digits, \"-\", \"_\" or \".\", such as \"import-users\""
    )]
    [InlineData(
        """{ "leaveOut": [{ "name": "a", "ids": ["x"] }, { "name": "a", "ids": ["y"] }] }""",
        "people.leaveOut[1].name: found \"a\" a second time, expected each name once"
    )]
    [InlineData(
        """{ "leaveOut": [{ "name": "a", "ids": ["*"] }] }""",
        "people.leaveOut[0].ids: found a pattern of stars alone, expected patterns that are not true of everybody"
    )]
    [InlineData(
        """{ "leaveOut": [{ "name": "a", "traits": { "role": ["**"] } }] }""",
        "people.leaveOut[0].traits: found a pattern of stars alone, expected patterns that are not true of everybody"
    )]
    [InlineData(
        """{ "leaveOut": [{ "name": "a", "domains": ["@nimbus.example"] }] }""",
        "people.leaveOut[0].domains[0]: found \"@nimbus.example\", expected a mail domain such as \"nimbus.example\""
    )]
    [InlineData(
        """{ "leaveOut": [{ "name": "a", "domain": ["nimbus.example"] }] }""",
        "people.leaveOut[0].domain: found an unknown property, expected a known one: did you mean \"domains\"?"
    )]
    public void A_rule_that_cannot_be_meant_is_named(string people, string error) =>
        Assert.Equal([error], new ModelFile().With("people", people).Errors());

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/130.0 Safari/537.36"
    )]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36")]
    [InlineData("facebookexternalhit/1.1")]
    [InlineData("Screaming Frog SEO Spider/20.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Safari/537.36 Chrome-Lighthouse")]
    public void A_crawlers_user_agent_is_known(string userAgent) => Assert.Equal("crawlers", LeftOutBy(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20 Build/QP1A) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36")]
    [InlineData("Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)")]
    [InlineData("python-requests/2.32")]
    [InlineData("")]
    public void A_customers_is_not(string userAgent) => Assert.Null(LeftOutBy(userAgent));

    [Fact]
    public void The_batchs_context_and_what_is_no_text_are_read_too()
    {
        const string Crawler = """ "context": { "userAgent": "Googlebot/2.1" } """;

        Assert.Equal("crawlers", Wire.Accepted("""{ "type": "page", "userId": "u" }""", $"{Crawler},").LeftOutBy);
        Assert.Null(
            Wire.Accepted("""{ "type": "page", "userId": "u", "context": { "userAgent": { "a": 1 }, "groupId": "g" } }""").LeftOutBy
        );
        Assert.Null(
            Wire.Accepted($$"""{ "type": "page", "userId": "u", "context": { "userAgent": "{{new string('b', 5000)}}bot/" } }""").LeftOutBy
        );
    }

    [Fact]
    public void Words_that_are_nobodys_id_may_be_added_and_taken_away()
    {
        var model = new ModelFile().With("ids", """{ "meaningless": ["TBD", "system"], "allow": ["guest", "0"] }""").ReadValid();
        var rules = new IntakeRules(model);

        foreach (string id in (string[])["tbd", " System ", "undefined", "NULL", "00000000-0000-0000-0000-000000000000"])
            Assert.Single(Read(rules, id).Faults);
        foreach (string id in (string[])["guest", "Guest", "0", "42", "systems"])
            Assert.Single(Read(rules, id).Batch.Events);
    }

    [Theory]
    [InlineData("""{ "allow": ["bob"] }""", "ids.allow[0]: found \"bob\", expected a word that is refused: docs/value-model.md lists them")]
    [InlineData(
        """{ "meaningless": ["Guest"], "allow": ["guest"] }""",
        "ids.allow: found a word that is in both, expected words that \"meaningless\" does not have"
    )]
    [InlineData("""{ "meaningless": [7] }""", "ids.meaningless[0]: found 7, expected a name, one line of 1 to 200 characters")]
    public void A_list_of_ids_that_cannot_be_meant_is_named(string ids, string error) =>
        Assert.Equal([error], new ModelFile().With("ids", ids).Errors());

    [Theory]
    [InlineData("minutes", 1_440)]
    [InlineData("Hours", 24)]
    [InlineData("seconds", 86_400)]
    [InlineData("messages", double.MaxValue)]
    public void What_one_event_can_carry_at_most_fits_a_day_unless_the_model_says_otherwise(string unit, double most)
    {
        var source = Sources(unit, """{ "event": "A", "property": "p" }""")[0];

        Assert.Equal((0, most), (source.Least, source.Most));
    }

    [Fact]
    public void A_model_may_say_what_one_event_can_carry()
    {
        var source = Sources("euros", """{ "event": "A", "property": "p", "least": -50, "most": 5000 }""")[0];

        Assert.Equal((-50, 5000), (source.Least, source.Most));
    }

    [Theory]
    [InlineData("""{ "event": "A", "amount": 1, "most": 5 }""", "value.from[0].most: found 5, expected a bound only beside \"property\"")]
    [InlineData(
        """{ "event": "A", "property": "p", "least": 9, "most": 5 }""",
        "value.from[0].most: found 5, expected a number not under \"least\""
    )]
    [InlineData(
        """{ "event": "A", "property": "p", "most": "5" }""",
        "value.from[0].most: found \"5\", expected a number from -1000000000 to 1000000000"
    )]
    public void A_bound_that_cannot_be_meant_is_named(string source, string error) =>
        Assert.Equal([error], new ModelFile().With("value", $$"""{ "unit": "minutes", "from": [{{source}}] }""").Errors());

    private static IReadOnlyList<ValueSource> Sources(string unit, string source) =>
        new ModelFile().With("value", $$"""{ "unit": "{{unit}}", "from": [{{source}}] }""").ReadValid().Value.From;

    private static string? LeftOutBy(string userAgent) =>
        Wire.Accepted($$"""{ "type": "page", "userId": "u", "context": { "userAgent": "{{userAgent}}" } }""").LeftOutBy;

    private static ReadEvents Read(IntakeRules rules, string id) =>
        EventReader.Read(
            EventEnvelope.ReadBatch(
                System.Text.Encoding.UTF8.GetBytes($$"""{ "batch": [{ "type": "page", "userId": "{{id}}" }] }"""),
                EventLimits.MaxBatchEvents,
                rules
            ),
            Wire.Now
        );
}
