using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

/// <summary>Mistakes that people make in a model, and what each is told: where it is, and what to do.</summary>
public sealed class ModelMistakesTests
{
    private const string File = "model.json";

    /// <summary>What stands in the fourth line of a model; where the mistake is told; what must be said of it.</summary>
    public static TheoryData<string, string, string[]> Mistakes =>
        new()
        {
            // In the wrong place.
            { "\"mode\": \"live\",", "4:3", ["mode", "\"outreach.mode\""] },
            { "\"holdout\": 0,", "4:3", ["\"outreach.holdout\""] },
            { "\"from\": { \"email\": \"a@x.example\" },", "4:3", ["from: found an unknown property"] },
            { "\"publicUrl\": \"https://x.example\",", "4:3", ["\"outreach.publicUrl\""] },
            { "\"floor\": { \"amount\": 15 },", "4:3", ["\"value.floor\""] },
            { "\"unit\": \"minutes\",", "4:3", ["\"value.unit\""] },
            { "\"usage-drop\": { \"days\": 7 },", "4:3", ["\"causes\"", "\"playbooks\""] },
            { "\"leaveOut\": [],", "4:3", ["\"people.leaveOut\""] },
            { "\"webhooks\": [{ \"kind\": \"slack\" }],", "4:16", ["webhooks[0].id: found nothing", "kind: found an unknown property"] },
            { "\"nps\": [\"NPS\"],", "4:3", ["\"feedback.nps\""] },
            { "\"outreach\": { \"alerts\": {} },", "4:17", ["outreach.alerts", "top of the file"] },
            { "\"outreach\": { \"locales\": [\"en\"] },", "4:17", ["top of the file"] },
            { "\"alerts\": { \"mode\": \"live\" },", "4:15", ["\"outreach.mode\""] },
            { "\"alerts\": { \"quietHours\": null },", "4:15", ["\"outreach.quietHours\""] },
            { "\"churn\": { \"leave\": [\"Cancel Viewed\"] },", "4:14", ["\"intent.leave\""] },
            // Slips.
            { "\"locale\": [\"en\"],", "4:3", ["\"locales\""] },
            { "\"onboardng\": [],", "4:3", ["\"onboarding\""] },
            { "\"outreach\": { \"warmupHours\": 1 },", "4:17", ["\"warmUpHours\""] },
            { "\"playbooks\": { \"usage-dropp\": {} },", "4:18", ["\"usage-drop\""] },
            { "\"causes\": { \"churned\": {} },", "4:15", ["onboarding-stalled", "delight"] },
            { "\"features\": [{ \"id\": \"a\", \"event\": [\"A\"] }],", "4:29", ["features[0].event", "\"events\""] },
            { "\"product\": \"Twice\",", "4:3", ["the property a second time"] },
            // Values of another kind.
            { "\"features\": {},", "4:15", ["features", "a list of features"] },
            { "\"features\": [\"export\"],", "4:16", ["features[0]", "an object"] },
            { "\"features\": [{ \"id\": \"a b\", \"events\": [\"A\"] }],", "4:24", ["an id of 1 to 64 letters"] },
            { "\"features\": [{ \"id\": \"a\", \"events\": \"A\" }],", "4:39", ["a list, each an event's name"] },
            { "\"features\": [{ \"id\": \"a\", \"events\": [] }],", "4:39", ["an empty list"] },
            { "\"features\": [{ \"id\": \"a\", \"events\": [\"A\"], \"key\": \"yes\" }],", "4:53", ["true or false"] },
            { "\"features\": [{ \"id\": \"a\", \"events\": [\"A\"], \"help\": \"nimbus.example\" }],", "4:54", ["https URL"] },
            { "\"plans\": { \"pro\": 99 },", "4:21", ["an object with the plan's price"] },
            { "\"plans\": { \"pro\": { \"price\": \"99\" } },", "4:32", ["plans.pro.price", "found \"99\"", "a price a month"] },
            { "\"plans\": { \"pro\": { \"mrr\": 99 } },", "4:23", ["plans.pro.mrr"] },
            { "\"accounts\": \"company\",", "4:15", ["\"person\", \"group\""] },
            { "\"currency\": \"€\",", "4:15", ["USD"] },
            { "\"timezone\": \"CET+1\",", "4:15", ["Europe/Paris"] },
            { "\"timezone\": \"Paris\",", "4:15", ["Europe/Paris"] },
            { "\"locales\": \"fr\",", "4:14", ["a list, each a locale"] },
            { "\"locales\": [\"it\"],", "4:15", ["en, de or fr"] },
            { "\"outreach\": { \"mode\": \"on\" },", "4:25", ["\"dry-run\", \"live\""] },
            { "\"outreach\": { \"holdout\": 10 },", "4:28", ["from 0 to 0.9"] },
            { "\"outreach\": { \"quietHours\": { \"from\": \"8pm\", \"to\": \"08:00\" } },", "4:41", ["20:00"] },
            { "\"outreach\": { \"quietHours\": false },", "4:31", ["an object"] },
            { "\"outreach\": { \"from\": \"help@x.example\" },", "4:25", ["outreach.from", "an object"] },
            { "\"outreach\": { \"from\": { \"name\": \"Help\" } },", "4:25", ["outreach.from.email", "found nothing"] },
            { "\"outreach\": { \"replyTo\": \"help\" },", "4:28", ["an e-mail address"] },
            { "\"alerts\": { \"to\": \"cs@x.example\" },", "4:21", ["a list, each an e-mail address"] },
            { "\"alerts\": { \"webhooks\": [\"http://chat.example\"] },", "4:28", ["https URL", "not shown"] },
            { "\"causes\": { \"usage-drop\": { \"fall\": 50 } },", "4:39", ["from 0.01 to 1"] },
            { "\"causes\": { \"usage-drop\": { \"days\": 14.5 } },", "4:39", ["a whole number"] },
            { "\"playbooks\": { \"friction\": { \"channels\": [\"mail\", \"in-app\"] } },", "4:44", ["a list", "[\"in-app\", \"mail\"]"] },
            { "\"playbooks\": { \"friction\": { \"to\": \"user\" } },", "4:38", ["\"person\", \"champion\""] },
            { "\"tickets\": { \"withinHours\": \"48h\" },", "4:31", ["hours from 0.1"] },
            // Ids of nothing, and what contradicts itself.
            {
                "\"features\": [{ \"id\": \"a\", \"events\": [\"A\"], \"plans\": [\"gold\"] }],",
                "4:56",
                ["one of the plans", "there are none"]
            },
            {
                "\"playbooks\": { \"friction\": { \"goal\": { \"step\": \"import\" } } },",
                "4:50",
                ["one of the onboarding steps", "there are none"]
            },
            {
                "\"features\": [{ \"id\": \"a\", \"events\": [\"A\"] }, { \"id\": \"a\", \"events\": [\"B\"] }],",
                "4:56",
                ["features[1].id", "a second time", "an id of its own"]
            },
            {
                "\"playbooks\": { \"friction\": { \"goal\": {} } },",
                "4:40",
                ["exactly one of \"event\", \"step\", \"feature\", \"floor\""]
            },
            {
                "\"playbooks\": { \"friction\": { \"goal\": { \"event\": \"A\", \"floor\": true } } },",
                "4:40",
                ["2 goals", "exactly one of"]
            },
            { "\"facts\": [{ \"event\": \"Period Started\" }],", "4:13", ["at least one of", "\"price\""] },
            { "\"sunsets\": [{ \"feature\": \"export\" }],", "4:15", ["sunsets[0].why", "found nothing"] },
        };

    /// <summary>Whole files that are wrong from the beginning.</summary>
    public static TheoryData<string, string[]> Files =>
        new()
        {
            { "", ["line 1, column 1", "the end of the file"] },
            { "[]", ["(file)", "an object with at least \"product\" and \"value\""] },
            { "{}", ["product", "found nothing"] },
            { "{ \"product\": \"Nimbus\" }", ["value", "found nothing", "which events carry value"] },
            { "{ 'product': 'Nimbus' }", ["line 1, column 3"] },
            { "{ \"product\": \"Nimbus\"\n  \"value\": {} }", ["line 2, column 3", "JSON"] },
            { "{ \"product\": Nimbus }", ["line 1, column 14"] },
            { "product: Nimbus", ["line 1, column 1"] },
            {
                "{ \"product\": \"Nimbus\", \"value\": { \"unit\": \"minutes\", \"from\": [{ \"event\": \"Watched\" }] } }",
                ["1:63", "neither \"amount\" nor \"property\""]
            },
            {
                "{ \"product\": \"Nimbus\", \"value\": { \"unit\": \"minutes\", \"from\": [{ \"event\": \"$page\", \"amount\": 1 }] } }",
                ["views are never value"]
            },
            {
                "{ \"product\": \"Nimbus\", \"value\": { \"unit\": \"minutes\", \"from\": [{ \"event\": \"A\", \"amount\": 1, \"scale\": 60 }] } }",
                ["a scale only beside \"property\""]
            },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_a_model_is_told_with_its_place_and_what_to_do(string line, string place, string[] words)
    {
        string[] told =
        [
            .. ModelFile
                .Read(
                    $$"""
                    {
                      "product": "Nimbus",
                      "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 3 }] },
                      {{line}}
                    }
                    """
                )
                .Errors.Select(error => error.In(File)),
        ];

        Assert.Contains(told, error => error.StartsWith($"{File}:{place}: ", StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(told, error => error.Contains(word, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_no_model_is_told_what_it_lacks(string text, string[] words)
    {
        string told = string.Join('\n', ModelFile.Read(text).Errors.Select(error => error.In(File)));

        Assert.StartsWith(File, told, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, told, StringComparison.Ordinal));
    }
}
