using System.Text.Json.Nodes;
using Signals.Core.Model.Doors;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Which other services tell what happens there, and what becomes of it: the model's own words over those of a known service.
/// </summary>
internal static class DoorsSection
{
    private const int MaxDoors = 20;
    private const int MaxRules = 100;

    private static readonly Dictionary<string, string> Services = DoorPresets.Names.ToDictionary(name => name, StringComparer.Ordinal);

    private static readonly Dictionary<string, DoorTarget> Targets = DoorTargets.Names.ToDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<Door> Read(ObjectReader model)
    {
        var doors = model.Declarations(
            "doors",
            "a list of services that tell what happens there",
            ReferenceKind.Door,
            static (id, door) => ReadDoor(id, door, isPreset: false)
        );
        if (doors.Count > MaxDoors)
            model.RefuseProperty("doors", $"at most {MaxDoors}", $"{doors.Count} entries");
        return doors;
    }

    /// <summary>A door of the model, or what is known of a service, which is written the same.</summary>
    public static Door ReadDoor(string id, ObjectReader door, bool isPreset)
    {
        string? from = isPreset ? null : door.Read<string?>("from", Expect.OneOf(Services)!, null);
        var known = from is null ? null : DoorPresets.Of(from);
        var signature = door.Object("signature", DoorSignatureSection.Read);
        var rules = door.Objects("events", "a list of what becomes of its events", ReadRule) ?? [];
        if (rules.Count > MaxRules)
            door.RefuseProperty("events", $"at most {MaxRules}", $"{rules.Count} entries");
        if (!isPreset)
            door.TellRule("anyOf", () => new JsonArray(ModelShape.Requires("from"), ModelShape.Requires("signature")));
        foreach (string name in known is null ? (string[])["signature", "events"] : [])
        {
            if (!door.Has(name) && !(door.Has("from") && !isPreset))
                door.Refuse(
                    $"neither \"from\" nor \"{name}\"",
                    $"a known service, {string.Join(", ", DoorPresets.Names)}, or all that is to be known of one"
                );
        }
        var whose = ReadIdentity(door);
        var read = new Door(id, signature ?? known?.Signature ?? new DoorSignature(), Joined(rules, known?.Rules ?? []))
        {
            From = from,
            Items = door.ReadPaths("items") ?? known?.Items ?? [],
            Type = door.ReadValue("type") ?? known?.Type,
            Key = door.ReadValue("key") ?? known?.Key,
            Time = door.ReadValue("time") ?? known?.Time,
            Whose = known is null ? whose : whose.Over(known.Whose),
            Ignore = [.. door.List("ignore", Expect.Name) ?? [], .. known?.Ignore ?? []],
            Plans = ReadWords(door, "plans", "the model's plans by the service's names of them"),
            Owners = ReadWords(door, "owners", "mail addresses of the team by the service's ids of them"),
        };
        if (known is null && door.Has("from") && !isPreset)
            return read;
        if (read.Whose.IsEmpty && rules.Any(rule => rule.Whose.IsEmpty))
            door.Refuse("nothing that says whose its events are", "one of \"account\", \"user\", \"email\" and \"link\"");
        if (read.Type is null && read.Rules.Any(rule => rule.On.Any(on => on != "*")))
            door.Refuse("events by their types, and no \"type\"", "where a post says its type, or \"on\": [\"*\"]");
        return read;
    }

    /// <summary>The model's rules, and of those known the ones about other types.</summary>
    private static IReadOnlyList<DoorRule> Joined(IReadOnlyList<DoorRule> own, IReadOnlyList<DoorRule> known)
    {
        var named = own.SelectMany(rule => rule.On).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. own, .. known.Where(rule => !rule.On.Any(named.Contains))];
    }

    private static DoorRule ReadRule(ObjectReader rule)
    {
        var on = rule.List("on", Expect.Name, required: true) ?? [];
        var to = rule.Require("to", Expect.OneOf(Targets), DoorTarget.Account);
        string? name = rule.Read<string?>("event", Expect.EventName!, null);
        if (rule.Has("to") && to == DoorTarget.Event && name is null)
            rule.Refuse("no \"event\"", "the name of the event that it becomes");
        else if (name is not null && rule.Has("event") && to != DoorTarget.Event)
            rule.RefuseProperty("event", "a name only where \"to\" is \"event\": others have the model's own");
        return new DoorRule(on, to)
        {
            Event = name,
            When = ReadConditions(rule),
            Set = ReadSet(rule, to),
            Whose = ReadIdentity(rule),
        };
    }

    private static DoorIdentity ReadIdentity(ObjectReader from) =>
        new()
        {
            Account = from.ReadValue("account"),
            User = from.ReadValue("user"),
            Email = from.ReadValue("email"),
            Link = from.ReadValue("link"),
        };

    private static IReadOnlyList<DoorCondition> ReadConditions(ObjectReader rule)
    {
        rule.Tell("when", DoorValues.ConditionsSchema);
        if (rule.Find("when") is null)
            return [];
        return rule.Map(
                "when",
                "an object of what must stand where, such as { \"$.status\": [\"open\"] }",
                (property, found) =>
                {
                    if (DoorPath.TryParse(property.Name, out var path, out string problem))
                        return DoorValues.Condition(rule, path, found);
                    rule.RefuseEntry(found, $"{ModelNode.Quote(property.Name)}: {problem}", DoorValues.APath);
                    return null;
                }
            ) ?? [];
    }

    private static Dictionary<string, DoorValue> ReadSet(ObjectReader rule, DoorTarget to)
    {
        var settable = to == DoorTarget.Account ? FactDefinition.Names : DoorTargets.SettableOf(to);
        var set = new Dictionary<string, DoorValue>(StringComparer.Ordinal);
        rule.Map(
            "set",
            "an object of what is taken from the event",
            (property, found) =>
            {
                if (found.Tell is null && settable?.Contains(property.Name, StringComparer.Ordinal) == false)
                {
                    string choices = settable.Count == 0 ? "nothing" : $"one of {string.Join(", ", settable.Select(ModelNode.Quote))}";
                    rule.RefuseEntry(found, ModelNode.Quote(property.Name), $"{choices}, which {DoorTargets.NameOf(to)} can be told");
                }
                if (rule.ValueOf(found) is { } value && found.Tell is null)
                    set.TryAdd(property.Name, value);
                return property.Name;
            }
        );
        return set;
    }

    public static Dictionary<string, string> ReadWords(ObjectReader from, string name, string what)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        from.Map(
            name,
            $"an object of {what}",
            (property, found) =>
            {
                found.Tell?.Invoke(Expect.Name.Schema());
                if (found.Tell is not null)
                    return property.Name;
                if (Expect.Name.TryRead(found.Node, out string word))
                    words[property.Name] = word;
                else
                    from.RefuseEntry(found, found.Node.Describe(), Expect.Name.Description);
                return property.Name;
            }
        );
        return words;
    }
}
