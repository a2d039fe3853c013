using System.Text.Json.Nodes;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model.Schema;

/// <summary>Models that have one value at one place, and else the least that is right around it.</summary>
internal static class Instance
{
    /// <summary>What stands beside a value where its object needs it: right ones, by the end of their path.</summary>
    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["value.from[]"] = """{ "event": "Watched", "property": "seconds" }""",
        ["value"] = """{ "unit": "points", "from": [{ "event": "Watched", "amount": 3 }] }""",
        ["features[]"] = """{ "id": "other", "events": ["Other"] }""",
        ["reach"] = """{ "events": ["Delivered"] }""",
        ["onboarding[]"] = """{ "id": "other", "done": ["Other"] }""",
        ["goals[]"] = """{ "id": "other", "words": ["other"], "events": ["Other"] }""",
        ["segments[]"] = """{ "id": "other", "feels": ["silent"] }""",
        ["did[]"] = """{ "event": "Other" }""",
        ["didNot[]"] = """{ "event": "Other" }""",
        ["friction[]"] = """{ "id": "other", "events": ["Other"] }""",
        ["faq[]"] = """{ "q": "Why?", "a": "So." }""",
        ["facts[]"] = """{ "event": "Period Started", "plan": "plan" }""",
        ["plans.*"] = """{ "price": 3 }""",
        ["people.leaveOut[]"] = """{ "name": "other" }""",
        ["sunsets[]"] = """
            { "feature": "export", "announced": "2026-01-10", "lastOrder": "2026-03-01", "ends": "2026-06-30", "why": "Costs.", "terms": "As before.",
              "replacement": { "feature": "feeds", "differences": "None." }, "steps": ["Move."] }
            """,
        ["replacement"] = """{ "feature": "feeds", "differences": "None." }""",
        ["planSunsets[]"] = """
            { "plan": "free", "varieties": ["Free."], "announced": "2026-01-10", "lastOrder": "2026-03-01", "ends": "2026-06-20", "why": "Costs.",
              "terms": "As before.", "guarantees": ["Data."], "replacement": { "plan": "pro", "differences": "None." }, "steps": ["Move."],
              "tellFirst": [{ "who": "Sales", "on": "2026-01-02" }] }
            """,
        ["planSunsets[].replacement"] = """{ "plan": "pro", "differences": "None." }""",
        ["tellFirst[]"] = """{ "who": "Sales", "on": "2026-01-02" }""",
        ["exceptions[]"] = """{ "accounts": ["acme"], "until": "2026-07-30", "terms": "Longer." }""",
        ["risks[]"] = """{ "what": "They leave.", "answer": "Call." }""",
        ["nextStep"] = """{ "url": "https://nimbus.example/x" }""",
        ["followUp"] = """{ "message": "again" }""",
        ["from"] = """{ "email": "ann@nimbus.example" }""",
        ["quietHours"] = """{ "from": "21:00", "to": "08:00" }""",
        ["surveys[]"] = """{ "id": "other", "kind": "ces" }""",
        ["incidents[]"] = """{ "what": "Exports.", "from": "2026-01-10T08:00:00Z" }""",
        ["managers[]"] = """{ "email": "ann@nimbus.example" }""",
        ["alerts.webhooks[]"] = """{ "kind": "slack", "url": "https://chat.example/1" }""",
        ["webhooks[]"] = """{ "id": "crm", "url": "https://crm.example/1" }""",
        ["doors[]"] = """{ "id": "pay", "from": "stripe" }""",
        ["doors[].signature"] = """{ "scheme": "hmac", "header": "X-Own" }""",
        ["doors[].events[]"] = """{ "on": ["paid"], "to": "event", "event": "Paid" }""",
        ["risk"] = """
            { "date": "2026-01-10", "horizonDays": 30, "data": { "name": "x", "sha256": null, "accounts": 100, "churned": 10 }, "intercept": 0,
              "curves": {}, "levels": { "watch": 0.2, "at-risk": 0.4, "critical": 0.6 } }
            """,
        ["data"] = """{ "name": "x", "accounts": 100, "churned": 10 }""",
        ["levels"] = """{ "watch": 0.2, "at-risk": 0.4, "critical": 0.6 }""",
        ["later[]"] = """{ "fromDays": 30, "toDays": 90, "intercept": 0, "slope": 1, "decision": 0, "baseRate": 0.1 }""",
        ["weights.*"] = """{ "weight": 1, "centre": 0, "scale": 1 }""",
        ["curves.*"] = """{ "points": [{ "at": 0, "adds": 0 }, { "at": 1, "adds": 1 }] }""",
        ["points[]"] = """{ "at": 0, "adds": 0 }""",
        ["crossValidated"] = """
            { "folds": 5, "auc": 0.7, "aucFrom": 0.6, "aucTo": 0.8, "averagePrecision": 0.5, "topDecileLift": 2, "brier": 0.1, "referenceAuc": 0.6 }
            """,
    };

    /// <summary>A model with a value (as JSON) at a place; null where the place and the value cannot be put into one.</summary>
    public static string? With(string path, string value)
    {
        var model = JsonNode.Parse(new ModelFile().WithThingsToName().WithThingsToAsk().ToString())!.AsObject();
        string[] steps = [.. path.Split('.')];
        var at = model;
        string so = "";
        for (int i = 0; i < steps.Length - 1; i++)
        {
            so = so.Length == 0 ? steps[i] : $"{so}.{steps[i]}";
            bool isList = steps[i].EndsWith("[]", StringComparison.Ordinal);
            string name = Name(steps[i].Replace("[]", "", StringComparison.Ordinal));
            var filled = JsonNode.Parse(Around(so))!.AsObject();
            at[name] = isList ? new JsonArray(filled) : filled;
            at = filled;
        }
        at[Name(steps[^1])] = JsonNode.Parse(value);
        // Of an amount and a property there is one.
        if (path == "value.from[].amount")
            at.Remove("property");
        if (path is "segments[].did[].feature" or "segments[].didNot[].feature")
            at.Remove("event");
        return model.ToJsonString();
    }

    private static string Name(string step) => step == "*" ? "any" : step;

    private static string Around(string path)
    {
        var steps = path.Split('.');
        for (int from = 0; from < steps.Length; from++)
        {
            if (Needed.TryGetValue(string.Join('.', steps[from..]), out string? filled))
                return filled;
        }
        return "{}";
    }
}
