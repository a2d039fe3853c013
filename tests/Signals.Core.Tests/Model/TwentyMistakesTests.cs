using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class TwentyMistakesTests
{
    [Fact]
    public void Twenty_different_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var reading = ModelFile.Read(
            """
            {
              "playbooks": { "usage-dropp": { "alert": "at-risk" }, "friction": { "goal": { "step": "imprt" }, "alert": "sometimes" } },
              "produkt": "Nimbus", "product": "", "accounts": "team", "currency": "dollars", "timezone": "Paris", "locales": ["it"],
              "value": { "from": [{ "event": "Watched" }, { "event": "Shared", "amount": "3" }], "floor": { "amount": -15 } },
              "features": [{ "id": "export", "events": ["Exported"], "plans": ["gold"], "help": "ftp://nimbus.example" },
                           { "id": "export", "events": [] }],
              "onboarding": [{ "id": "import", "done": ["Imported"], "withinDays": 0 }],
              "plans": { "pro": { "price": "99" } },
              "outreach": { "from": { "email": "help" }, "quietHours": { "from": "25:00", "to": "08:00" }, "holdout": 2 },
              "alerts": { "webhooks": {} },
            }
            """
        );

        Assert.Null(reading.Model);
        Assert.Equal(
            [
                "playbooks.usage-dropp",
                "playbooks.friction.goal.step",
                "playbooks.friction.alert",
                "produkt",
                "product",
                "accounts",
                "currency",
                "timezone",
                "locales[0]",
                "value.unit",
                "value.from[0]",
                "value.from[1].amount",
                "value.floor.amount",
                "features[0].plans[0]",
                "features[0].help",
                "features[1].id",
                "features[1].events",
                "onboarding[0].withinDays",
                "plans.pro.price",
                "outreach.from.email",
                "outreach.quietHours.from",
                "outreach.holdout",
                "alerts.webhooks",
            ],
            reading.Errors.Select(error => error.Path)
        );
    }
}
