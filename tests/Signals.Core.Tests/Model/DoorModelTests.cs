using Signals.Core.Model.Doors;
using Signals.Core.Model.Reading;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class DoorModelTests
{
    public static TheoryData<string> Services => [.. DoorPresets.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public void What_is_known_of_a_service_is_written_as_a_model_would(string service)
    {
        var door = DoorPresets.Of(service);

        Assert.NotEmpty(door.Rules);
        Assert.False(door.Whose.IsEmpty && door.Rules.Any(rule => rule.Whose.IsEmpty));
        Assert.NotEmpty(door.Signature.Header);
        Assert.NotNull(door.Type);
    }

    [Fact]
    public void A_model_with_a_door_has_the_names_that_it_tells_by_and_keeps_its_own()
    {
        var model = new ModelFile()
            .With("billing", """{ "failed": ["Card Declined"] }""")
            .With("doors", """[{ "id": "pay", "from": "stripe" }, { "id": "help", "from": "zendesk" }]""")
            .ReadValid();

        Assert.Equal(["Card Declined", "Payment Succeeded"], [.. model.Billing.Failed, .. model.Billing.Recovered]);
        Assert.Equal(["Ticket Opened", "Ticket Solved"], [.. model.Tickets.Opened, .. model.Tickets.Solved]);
        Assert.Empty(model.Feedback.Nps);
        Assert.Contains(model.Facts, fact => fact.Event == DoorTargets.AccountEvent && fact.Properties["plan"] == "plan");
    }

    [Fact]
    public void A_model_without_doors_is_as_it_was()
    {
        var model = new ModelFile().ReadValid();

        Assert.Empty(model.Doors);
        Assert.DoesNotContain(model.Facts, fact => fact.Event == DoorTargets.AccountEvent);
    }

    [Fact]
    public void A_rule_of_the_models_takes_the_place_of_all_that_are_known_for_its_types()
    {
        var door = Door("""{ "id": "pay", "from": "stripe", "events": [{ "on": ["invoice.paid"], "to": "event", "event": "Paid" }] }""");

        Assert.Equal(DoorTarget.Event, Assert.Single(door.Rules, rule => rule.On.Contains("invoice.paid")).To);
        Assert.Contains(door.Rules, rule => rule.To == DoorTarget.PaymentFailed);
    }

    [Theory]
    [InlineData("""{ "id": "x" }""", "doors[0]: found neither \"from\" nor \"signature\", expected a known service, chargebee, delighted")]
    [InlineData("""{ "id": "x", "from": "strype" }""", "doors[0].from: found \"strype\", expected one of \"chargebee\", \"delighted\"")]
    [InlineData(
        """{ "id": "x", "signature": { "scheme": "stripe", "header": "X" }, "account": "$.a", "events": [{ "on": ["*"], "to": "account" }] }""",
        "doors[0].signature.header: found \"X\", expected nothing beside \"scheme\" but \"toleranceSeconds\": stripe has its own"
    )]
    [InlineData(
        """{ "id": "x", "signature": { "scheme": "hmac" }, "account": "$.a", "events": [{ "on": ["*"], "to": "account" }] }""",
        "doors[0].signature: found no \"header\", expected the name of the header that the service puts it in"
    )]
    [InlineData(
        """{ "id": "x", "signature": { "scheme": "hmac", "header": "X", "signed": "{timestamp}{body}" }, "account": "$.a", "events": [{ "on": ["*"], "to": "account" }] }""",
        "doors[0].signature.signed: found \"{timestamp}{body}\", expected \"timestampHeader\" beside it"
    )]
    [InlineData(
        """{ "id": "x", "signature": { "scheme": "hmac", "header": "X" }, "events": [{ "on": ["*"], "to": "account" }] }""",
        "doors[0]: found nothing that says whose its events are, expected one of \"account\", \"user\", \"email\" and \"link\""
    )]
    [InlineData(
        """{ "id": "x", "signature": { "scheme": "hmac", "header": "X" }, "account": "$.a", "events": [{ "on": ["paid"], "to": "account" }] }""",
        "doors[0]: found events by their types, and no \"type\", expected where a post says its type, or \"on\": [\"*\"]"
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "account": "data.id" , "key": "$.a[" }""",
        "doors[0].key: found \"$.a[\": its end too early, expected a path such as \"$.data.id\""
    )]
    [InlineData("""{ "id": "x", "from": "stripe", "type": "$..id" }""", "doors[0].type: found \"$..id\": \".\" at character 3")]
    [InlineData(
        """{ "id": "x", "from": "stripe", "link": "c:{$.id" }""",
        "doors[0].link: found \"c:{$.id\": a \"{\" at character 3 without its \"}\""
    )]
    [InlineData("""{ "id": "x", "from": "stripe", "key": 3 }""", "doors[0].key: found 3, expected a path such as")]
    [InlineData("""{ "id": "x", "from": "stripe", "key": [] }""", "doors[0].key: found an empty list, expected 1 to 24 paths or words")]
    [InlineData("""{ "id": "x", "from": "stripe", "time": { "as": "time" } }""", "doors[0].time: found no \"value\"")]
    [InlineData(
        """{ "id": "x", "from": "stripe", "time": { "value": "$.t", "as": "date" } }""",
        "doors[0].time.as: found \"date\", expected one of \"text\""
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "events": [{ "on": ["a"], "to": "billing.fail" }] }""",
        "doors[0].events[0].to: found \"billing.fail\", expected one of \"account\""
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "events": [{ "on": ["a"], "to": "billing.failed", "set": { "sum": "$.a" } }] }""",
        "doors[0].events[0].set.sum: found \"sum\", expected one of \"amount\", which billing.failed can be told"
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "events": [{ "on": ["a"], "to": "event" }] }""",
        "doors[0].events[0]: found no \"event\", expected the name of the event that it becomes"
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "events": [{ "on": ["a"], "to": "account", "when": { "status": "x" } }] }""",
        "doors[0].events[0].when.status: found \"status\": a path that does not begin with \"$\""
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "events": [{ "on": ["a"], "to": "account", "when": { "$.a": { } } }] }""",
        "doors[0].events[0].when[\"$.a\"]: found an object, expected a text, a number, true or false"
    )]
    [InlineData(
        """{ "id": "x", "from": "stripe", "events": [{ "on": ["a"], "to": "account", "set": { "price": { "value": "$.p", "every": "$.e" } } }] }""",
        "doors[0].events[0].set.price.every: found \"$.e\", expected it only where \"as\" is \"amount\" or \"minor-units\""
    )]
    public void Mistakes_name_what_was_found_and_what_is_expected(string door, string error)
    {
        string told = string.Join('\n', new ModelFile().With("doors", $"[{door}]").Errors());

        Assert.Contains(error, told, StringComparison.Ordinal);
    }

    private static Door Door(string door) => Assert.Single(new ModelFile().With("doors", $"[{door}]").ReadValid().Doors);
}
