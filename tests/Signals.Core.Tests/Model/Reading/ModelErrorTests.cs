using Signals.Testing.World;

namespace Signals.Core.Tests.Model.Reading;

public sealed class ModelErrorTests
{
    [Theory]
    [InlineData("product", "7", "product: found 7, expected a name, one line of 1 to 200 characters")]
    [InlineData("product", "\" \"", "product: found \" \", expected a name, one line of 1 to 200 characters")]
    [InlineData("accounts", "\"company\"", "accounts: found \"company\", expected one of \"person\", \"group\"")]
    [InlineData("currency", "\"euro\"", "currency: found \"euro\", expected a currency of three capital letters, such as \"USD\"")]
    [InlineData("timezone", "\"Mars/Olympus\"", "timezone: found \"Mars/Olympus\", expected an IANA time zone such as \"Europe/Paris\"")]
    [InlineData(
        "timezone",
        "\"../../etc/passwd\"",
        "timezone: found \"../../etc/passwd\", expected an IANA time zone such as \"Europe/Paris\""
    )]
    [InlineData(
        "locales",
        "[\"en\", \"es\"]",
        "locales[1]: found \"es\", expected a locale whose messages exist (en, de or fr), such as \"fr\" or \"fr-CA\""
    )]
    [InlineData(
        "locales",
        "[\"fr_FR!\"]",
        "locales[0]: found \"fr_FR!\", expected a locale whose messages exist (en, de or fr), such as \"fr\" or \"fr-CA\""
    )]
    [InlineData("locales", "[]", "locales: found an empty list, expected at least one locale, such as \"en\"")]
    [InlineData("value", "null", "value: found null, expected an object that says which events carry value")]
    [InlineData("features", "{}", "features: found an object, expected a list of features")]
    [InlineData("features", "[5]", "features[0]: found 5, expected an object")]
    [InlineData("plans", "[]", "plans: found a list, expected an object of plans by id")]
    [InlineData(
        "reach",
        "{ \"events\": [] }",
        "reach.events: found an empty list, expected a list, each an event's name, one line of 1 to 200 characters"
    )]
    [InlineData(
        "churn",
        "{ \"events\": \"Cancelled\" }",
        "churn.events: found \"Cancelled\", expected a list, each an event's name, one line of 1 to 200 characters"
    )]
    [InlineData("churn", "{ \"events\": [\"A\", \"A\"] }", "churn.events[1]: found \"A\" a second time, expected each value once")]
    [InlineData("tickets", "{ \"withinHours\": 0 }", "tickets.withinHours: found 0, expected hours from 0.1 to 8760")]
    [InlineData(
        "billing",
        "{ \"failed\": [true] }",
        "billing.failed[0]: found true, expected an event's name, one line of 1 to 200 characters"
    )]
    public void A_section_that_is_not_what_it_should_be_is_named(string section, string json, string error) =>
        Assert.Equal([error], new ModelFile().With(section, json).Errors());

    [Theory]
    [InlineData(
        """{ "from": [{ "event": "A", "amount": 1 }] }""",
        "value.unit: found nothing, expected a name, one line of 1 to 200 characters"
    )]
    [InlineData("""{ "unit": "u" }""", "value.from: found nothing, expected a list of events that carry value")]
    [InlineData("""{ "unit": "u", "from": [] }""", "value.from: found an empty list, expected a list of events that carry value")]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A" }] }""",
        "value.from[0]: found neither \"amount\" nor \"property\", expected one of them"
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "amount": 1, "property": "p" }] }""",
        "value.from[0].amount: found both \"amount\" and \"property\", expected either \"amount\" or \"property\""
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "amount": 1, "scale": 2 }] }""",
        "value.from[0].scale: found 2, expected a scale only beside \"property\""
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "amount": 0 }] }""",
        "value.from[0].amount: found 0, expected an amount of value above 0 and at most 1000000000"
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "property": "p", "scale": 1e999 }] }""",
        "value.from[0].scale: found 1e999, expected a factor above 0 and at most 1000000000"
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "amount": 1 }, { "event": "A", "amount": 2 }] }""",
        "value.from[1].event: found \"A\" a second time, expected each event and property once"
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "$page", "amount": 1 }] }""",
        "value.from[0].event: found \"$page\", expected an event of real use: views are never value"
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "amount": 1 }], "floor": { "days": 366 } }""",
        "value.floor.days: found 366, expected days, a whole number from 1 to 365"
    )]
    [InlineData(
        """{ "unit": "u", "from": [{ "event": "A", "amount": 1 }], "floor": { "days": 1.5 } }""",
        "value.floor.days: found 1.5, expected days, a whole number from 1 to 365"
    )]
    public void Value_must_say_what_counts_and_how_much(string value, string error) =>
        Assert.Equal([error], new ModelFile().With("value", value).Errors());

    [Theory]
    [InlineData(
        "onboarding",
        """[{ "id": "a", "done": ["D"], "scope": "team" }]""",
        "onboarding[0].scope: found \"team\", expected one of \"account\", \"person\""
    )]
    [InlineData(
        "onboarding",
        """[{ "id": "a", "done": ["D"], "faq": [{ "q": "Why?" }] }]""",
        "onboarding[0].faq[0].a: found nothing, expected its answer, 1 to 4000 characters"
    )]
    [InlineData(
        "onboarding",
        """[{ "id": "two words", "done": ["D"] }]""",
        "onboarding[0].id: found \"two words\", expected an id of 1 to 64 letters, digits, \"-\", \"_\" or \".\", such as \"import-users\""
    )]
    [InlineData(
        "features",
        """[{ "id": "a", "events": ["A"] }, { "id": "a", "events": ["B"] }]""",
        "features[1].id: found \"a\" a second time, expected an id of its own"
    )]
    [InlineData(
        "friction",
        """[{ "id": "a", "events": ["A"] }, { "id": "a", "events": ["B"] }]""",
        "friction[1].id: found \"a\" a second time, expected an id of its own"
    )]
    [InlineData(
        "plans",
        """{ "pro": { "price": 1 }, "PRO": { "price": 2 } }""",
        "plans.PRO: found \"PRO\" a second time, expected an id of its own"
    )]
    [InlineData(
        "plans",
        """{ "my plan": { "price": -1 } }""",
        "plans[\"my plan\"].price: found -1, expected a price a month from 0 to 1000000000"
    )]
    [InlineData("plans", """{ "pro": {} }""", "plans.pro.price: found nothing, expected a price a month from 0 to 1000000000")]
    [InlineData(
        "facts",
        """[{ "event": "A" }]""",
        "facts[0]: found no fact, expected at least one of \"name\", \"plan\", \"mrr\", \"price\", \"seats\", \"csm\", \"strategic\", \"goal\", "
            + "\"stage\", \"renewalAt\", \"trialEndsAt\", \"createdAt\""
    )]
    [InlineData(
        "facts",
        """[{ "event": "A", "plan": "p" }, { "event": "A", "mrr": "m" }]""",
        "facts[1].event: found \"A\" a second time, expected all facts of an event in one entry"
    )]
    [InlineData("causes", """{ "usage-drop": { "fall": 1.5 } }""", "causes.usage-drop.fall: found 1.5, expected a share from 0.01 to 1")]
    [InlineData(
        "causes",
        """{ "usage-drop": { "baselineDays": 10, "activeDays": 11 } }""",
        "causes.usage-drop.activeDays: found 11, expected at most the 10 days of the baseline"
    )]
    [InlineData(
        "causes",
        """{ "never-took-off": { "ageDays": 50, "forgetDays": 40 } }""",
        "causes.never-took-off.forgetDays: found 40, expected at least the 50 days of \"ageDays\""
    )]
    [InlineData(
        "causes",
        """{ "usage-dropp": {} }""",
        "causes.usage-dropp: found an unknown property, expected a known one: did you mean \"usage-drop\"?"
    )]
    [InlineData(
        "playbooks",
        """{ "frictoin": {} }""",
        "playbooks.frictoin: found an unknown property, expected a known one: did you mean \"friction\"?"
    )]
    [InlineData(
        "playbooks",
        """{ "friction": { "alert": "sometimes" } }""",
        "playbooks.friction.alert: found \"sometimes\", expected one of \"always\", \"watch\", \"at-risk\", \"critical\", \"never\""
    )]
    [InlineData(
        "playbooks",
        """{ "friction": { "to": "boss" } }""",
        "playbooks.friction.to: found \"boss\", expected one of \"person\", \"champion\", \"admin\", \"next-most-active\""
    )]
    [InlineData(
        "playbooks",
        """{ "friction": { "goal": {} } }""",
        "playbooks.friction.goal: found no goal, expected exactly one of \"event\", \"step\", \"feature\", \"floor\""
    )]
    [InlineData(
        "playbooks",
        """{ "friction": { "goal": { "event": "A", "step": "*" } } }""",
        "playbooks.friction.goal: found 2 goals, expected exactly one of \"event\", \"step\", \"feature\", \"floor\""
    )]
    [InlineData(
        "playbooks",
        """{ "friction": { "goal": { "floor": false } } }""",
        "playbooks.friction.goal.floor: found false, expected true, or another goal"
    )]
    [InlineData("outreach", """{ "mode": "on" }""", "outreach.mode: found \"on\", expected one of \"dry-run\", \"live\"")]
    [InlineData(
        "outreach",
        """{ "quietHours": { "from": "25:00", "to": "08:00" } }""",
        "outreach.quietHours.from: found \"25:00\", expected a time of day such as \"20:00\""
    )]
    [InlineData(
        "outreach",
        """{ "quietHours": { "from": "08:00", "to": "08:00" } }""",
        "outreach.quietHours.to: found \"08:00\", expected another time than \"from\", or null instead of quiet hours"
    )]
    [InlineData("outreach", """{ "holdout": 1 }""", "outreach.holdout: found 1, expected a share from 0 to 0.9")]
    [InlineData(
        "outreach",
        """{ "from": { "name": "Help" } }""",
        "outreach.from.email: found nothing, expected an e-mail address such as \"help@nimbus.example\""
    )]
    [InlineData(
        "outreach",
        """{ "from": { "email": "a@b.example", "name": "Help\r\nBcc: all@b.example" } }""",
        "outreach.from.name: found \"Help\\r\\nBcc: all@b.example\", expected a name, one line of 1 to 200 characters, or one for each language, such as { \"en\": \"...\", \"fr\": \"...\" }"
    )]
    [InlineData("outreach", """{ "perPerson": 1 }""", "outreach.perPerson: found 1, expected an object")]
    [InlineData(
        "outreach",
        """{ "warmupHours": 1 }""",
        "outreach.warmupHours: found an unknown property, expected a known one: did you mean \"warmUpHours\"?"
    )]
    [InlineData(
        "outreach",
        """{ "perPerson": { "zzzzzz": 1 } }""",
        "outreach.perPerson.zzzzzz: found an unknown property, expected one of \"count\", \"days\""
    )]
    [InlineData(
        "outreach",
        """{ "holdout": 0.1, "holdout": 0.2 }""",
        "outreach.holdout: found the property a second time, expected each property once"
    )]
    [InlineData(
        "alerts",
        """{ "webhooks": [{ "kind": "irc", "url": "https://chat.example" }] }""",
        "alerts.webhooks[0].kind: found \"irc\", expected one of \"slack\", \"teams\""
    )]
    [InlineData(
        "alerts",
        """{ "webhooks": ["chat"] }""",
        "alerts.webhooks[0]: found another text (not shown: it may be a secret), expected an absolute https URL such as \"https://chat.example/hooks/1\""
    )]
    [InlineData(
        "alerts",
        """{ "webhooks": [{ "kind": "teams", "url": "http://chat.example/secret" }] }""",
        "alerts.webhooks[0].url: found another text (not shown: it may be a secret), expected an absolute https URL such as \"https://chat.example/hooks/1\""
    )]
    [InlineData(
        "alerts",
        """{ "webhooks": [{ "kind": "teams" }] }""",
        "alerts.webhooks[0].url: found nothing, expected an absolute https URL such as \"https://chat.example/hooks/1\""
    )]
    [InlineData(
        "alerts",
        """{ "to": ["a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example", "f@x.example", "g@x.example", "h@x.example", "i@x.example", "j@x.example", "k@x.example"] }""",
        "alerts.to: found 11 entries, expected at most 10"
    )]
    [InlineData(
        "alerts",
        """{ "locale": "de" }""",
        "alerts.locale: found \"de\", expected a locale that the team's mails exist in (en or fr), such as \"fr\" or \"fr-CA\""
    )]
    [InlineData(
        "alerts",
        """{ "from": { "name": "Signals" } }""",
        "alerts.from.email: found nothing, expected an e-mail address such as \"help@nimbus.example\""
    )]
    [InlineData(
        "alerts",
        """{ "country": "fr" }""",
        "alerts.country: found \"fr\", expected a country of two capital letters, such as \"FR\""
    )]
    [InlineData("alerts", """{ "timing": "never" }""", "alerts.timing: found \"never\", expected one of \"mornings\", \"at-once\"")]
    [InlineData(
        "alerts",
        """{ "atOncePerWeek": -1 }""",
        "alerts.atOncePerWeek: found -1, expected alerts a week, a whole number from 0 to 100"
    )]
    [InlineData(
        "alerts",
        """{ "managers": [{ "timezone": "UTC" }] }""",
        "alerts.managers[0].email: found nothing, expected an e-mail address such as \"help@nimbus.example\""
    )]
    [InlineData(
        "tickets",
        """{ "answered": ["Answered"], "promises": { "gold": { "withinHours": 4 } } }""",
        "tickets.promises.gold: found \"gold\", expected one of the plans, of which there are none"
    )]
    [InlineData("tickets", """{ "answerWithinHours": 0 }""", "tickets.answerWithinHours: found 0, expected hours from 0.1 to 8760")]
    [InlineData("alerts", """{ "answerWithinHours": 0 }""", "alerts.answerWithinHours: found 0, expected hours from 0.1 to 720")]
    public void A_mistake_inside_a_section_is_named_with_its_path(string section, string json, string error) =>
        Assert.Equal([error], new ModelFile().With(section, json).Errors());

    [Theory]
    [InlineData("ftp://nimbus.example/help")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/help")]
    [InlineData("nimbus.example/help")]
    [InlineData("https://")]
    [InlineData("https://user:secret@nimbus.example")]
    [InlineData("https://nimbus.example/a b")]
    [InlineData("http://nimbus.example/help")]
    public void Help_must_be_a_safe_web_address(string url) =>
        Assert.Equal(
            [
                $"features[0].help: found \"{url}\", expected an absolute https URL such as \"https://nimbus.example/help\" (http on this machine only), or one for each language, such as {{ \"en\": \"...\", \"fr\": \"...\" }}",
            ],
            new ModelFile().With("features", $$"""[{ "id": "a", "events": ["A"], "help": "{{url}}" }]""").Errors()
        );

    [Theory]
    [InlineData("cs")]
    [InlineData("cs@")]
    [InlineData("@nimbus.example")]
    [InlineData("cs@nimbus..example")]
    [InlineData("a@b@nimbus.example")]
    [InlineData("Help <cs@nimbus.example>")]
    public void An_alert_goes_to_an_address(string email) =>
        Assert.Equal(
            [$"alerts.to[0]: found \"{email}\", expected an e-mail address such as \"help@nimbus.example\""],
            new ModelFile().With("alerts", $$"""{ "to": ["{{email}}"] }""").Errors()
        );

    [Theory]
    [InlineData("product")]
    [InlineData("value")]
    public void Product_and_value_are_required(string section) =>
        Assert.StartsWith(
            $"{section}: found nothing, expected ",
            Assert.Single(new ModelFile().Without(section).Errors()),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_long_text_is_quoted_short() =>
        Assert.StartsWith(
            $"product: found \"{new string('x', 60)}…\", expected",
            Assert.Single(new ModelFile().With("product", $"\"{new string('x', 300)}\"").Errors()),
            StringComparison.Ordinal
        );
}
