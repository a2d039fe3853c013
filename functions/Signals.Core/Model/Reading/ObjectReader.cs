using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Reads one object by what its properties are expected to be. A property that is not what was expected is a fault and reads as its
/// fallback, so that reading goes on; whatever was never asked for is unknown and told by <see cref="Close"/>.
/// </summary>
/// <remarks>
/// With a <see cref="ModelShape"/> there is no file: what is asked for is written down there, everything is there when asked, nothing is a
/// fault, and fallbacks are read.
/// </remarks>
internal sealed class ObjectReader(Place place, Faults faults, References references, ModelShape? shape = null)
{
    private const string AnObject = "an object";

    private readonly List<string> _known = [];

    public References References => references;

    /// <summary>The names of its properties, where the file chooses them.</summary>
    public IReadOnlyList<string> Names =>
        shape is not null
            ? [ModelShape.AnyName]
            : [.. place.Node.Properties.Select(property => property.Name).Distinct(StringComparer.Ordinal)];

    public bool Has(string name) => shape is not null || Find(name) is not null;

    public bool IsNull(string name)
    {
        shape?.AddNull(name);
        return Find(name) is { Node.Kind: JsonValueKind.Null };
    }

    /// <summary>Says of a property what may stand there, where it is read in a way of its own.</summary>
    public void Tell(string name, Func<JsonObject> schema, bool required = false) => shape?.Add(name, schema(), required);

    /// <summary>Says what must be true of several properties together.</summary>
    public void TellRule(string keyword, Func<JsonNode> rule)
    {
        if (shape is not null)
            shape.Rules[keyword] = rule();
    }

    public T Read<T>(string name, Expected<T> expected, T fallback)
    {
        Tell(
            name,
            () =>
            {
                var schema = expected.Schema();
                if (expected.Write(fallback) is { } usual)
                    schema["default"] = usual;
                return schema;
            }
        );
        return Find(name) is { } found ? Value(found, expected, fallback) : fallback;
    }

    /// <summary>A value that is absent unless the file gives it; <paramref name="fallback"/> where it is not what was expected.</summary>
    public T? ReadOptional<T>(string name, Expected<T> expected, T fallback = default)
        where T : struct
    {
        Tell(name, expected.Schema);
        return Find(name) is { } found ? Value(found, expected, fallback) : null;
    }

    public T Require<T>(string name, Expected<T> expected, T placeholder)
    {
        Tell(name, expected.Schema, required: true);
        if (shape is not null)
            return placeholder;
        if (Find(name) is { } found)
            return Value(found, expected, placeholder);
        Missing(name, expected.Description);
        return placeholder;
    }

    /// <summary>A list of different values; null when it is absent or no list.</summary>
    public IReadOnlyList<T>? List<T>(string name, Expected<T> item, bool required = false, Action<Place>? each = null)
    {
        var expected = $"a list, each {item.Description}";
        Tell(name, () => ModelShape.ListOf(item.Schema(), required, unique: true), required);
        if (shape is not null)
            return null;
        if (Find(name) is not { } found)
        {
            if (required)
                Missing(name, expected);
            return null;
        }

        if (!IsList(found, expected, required))
            return null;

        var values = new List<T>();
        var seen = new HashSet<T>();
        foreach (var element in Elements(found))
        {
            if (!item.TryRead(element.Node, out var value))
            {
                faults.Add(element, item.Description);
                continue;
            }

            if (!seen.Add(value))
                faults.Add(element.Node.Offset, element.Path, $"{element.Node.Describe()} a second time", "each value once");
            each?.Invoke(element);
            values.Add(value);
        }

        return values;
    }

    public IReadOnlyList<string> Events(string name, bool required = false) => List(name, Expect.EventName, required) ?? [];

    /// <summary>Ids that are declared elsewhere in the file.</summary>
    public IReadOnlyList<string> Ids(string name, ReferenceKind kind) =>
        List(name, Expect.Id, each: found => references.Name(kind, found)) ?? [];

    /// <summary>An id that is declared elsewhere in the file.</summary>
    public string RequireId(string name, ReferenceKind kind)
    {
        var id = Require(name, Expect.Id, "");
        if (id.Length > 0)
            references.Name(kind, Find(name)!.Value);
        return id;
    }

    public T? Object<T>(string name, Func<ObjectReader, T> read)
        where T : class
    {
        if (shape is not null)
            return Nested(Untold(name), AnObject, read);
        return Find(name) is { } found ? Nested(found, AnObject, read) : null;
    }

    public T? RequireObject<T>(string name, string expected, Func<ObjectReader, T> read)
        where T : class
    {
        if (shape is not null)
            return Nested(Untold(name, required: true), expected, read);
        if (Find(name) is { } found)
            return Nested(found, expected, read);
        Missing(name, expected);
        return null;
    }

    /// <summary>A list of objects; null when it is absent or no list. Items that are no objects are left out.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, string expected, Func<ObjectReader, T> read, bool required = false)
        where T : class => Items(name, expected, item => Nested(item, AnObject, read), required);

    /// <summary>As <see cref="Objects"/>, for items that may be something else than objects as well.</summary>
    public IReadOnlyList<T>? Items<T>(string name, string expected, Func<Place, T?> read, bool required = false)
        where T : class
    {
        if (shape is not null)
        {
            read(new Place(ModelShape.Nothing, "", item => shape.Add(name, ModelShape.ListOf(item, required), required)));
            return null;
        }
        if (Find(name) is { } found)
            return IsList(found, expected, required) ? [.. Elements(found).Select(read).OfType<T>()] : null;
        if (required)
            Missing(name, expected);
        return null;
    }

    /// <summary>A list of objects, each declaring its own id, which <paramref name="read"/> is given.</summary>
    public IReadOnlyList<T> Declarations<T>(string name, string expected, ReferenceKind kind, Func<string, ObjectReader, T> read)
        where T : class
    {
        var items = Objects(name, expected, item => read(item.DeclareId(kind), item));
        if (Find(name) is { } found && items?.Count != found.Node.Items.Count)
            references.MarkIncomplete(kind);
        return items ?? [];
    }

    /// <summary>Values under names that the file chooses; null when <paramref name="name"/> is absent or no object.</summary>
    public IReadOnlyList<T>? Map<T>(string name, string expected, Func<ModelProperty, Place, T?> read)
        where T : class
    {
        if (shape is not null)
        {
            var map = new ModelShape();
            read(
                new ModelProperty(ModelShape.AnyName, 0, ModelShape.Nothing),
                new Place(ModelShape.Nothing, "", value => map.Add(ModelShape.AnyName, value))
            );
            shape.Add(name, map.AsObject());
            return null;
        }
        if (Find(name) is not { } found)
            return null;
        if (found.Node.Kind == JsonValueKind.Object)
            return [.. found.Node.Properties.Select(property => read(property, Member(found, property))).OfType<T>()];
        faults.Add(found, expected);
        return null;
    }

    /// <summary>Reads an object found elsewhere; null, and a fault, when it is none.</summary>
    public T? Nested<T>(Place found, string expected, Func<ObjectReader, T?> read)
        where T : class
    {
        if (shape is not null)
        {
            var nested = new ModelShape();
            var told = read(new ObjectReader(found, faults, references, nested));
            found.Tell?.Invoke(nested.AsObject());
            return told;
        }
        if (found.Node.Kind != JsonValueKind.Object)
        {
            faults.Add(found, expected);
            return null;
        }

        var reader = new ObjectReader(found, faults, references);
        var value = read(reader);
        reader.Close();
        return value;
    }

    /// <summary>A fault of this object as a whole.</summary>
    public void Refuse(string found, string expected)
    {
        if (shape is null)
            faults.Add(place.Node.Offset, place.Path, found, expected);
    }

    /// <summary>A fault of a property that is there, quoted as it stands when <paramref name="found"/> is null.</summary>
    public void RefuseProperty(string name, string expected, string? found = null)
    {
        if (shape is not null)
            return;
        var property = Find(name)!.Value;
        faults.Add(property.Node.Offset, property.Path, found ?? property.Node.Describe(), expected);
    }

    /// <summary>A fault of a value that a list or map of this object holds.</summary>
    public void RefuseEntry(Place entry, string found, string expected)
    {
        if (shape is null)
            faults.Add(entry.Node.Offset, entry.Path, found, expected);
    }

    public Place? Find(string name)
    {
        if (!_known.Contains(name))
            _known.Add(name);
        foreach (var property in place.Node.Properties)
        {
            if (string.Equals(property.Name, name, StringComparison.Ordinal))
                return Member(place, property);
        }

        return null;
    }

    /// <summary>Tells unknown and repeated properties.</summary>
    public void Close()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in place.Node.Properties)
        {
            if (!_known.Contains(property.Name))
                RefuseName(property, "an unknown property", Known(property.Name));
            else if (!seen.Add(property.Name))
                RefuseName(property, "the property a second time", "each property once");
        }
    }

    private Place Untold(string name, bool required = false) => new(ModelShape.Nothing, "", schema => shape!.Add(name, schema, required));

    private void RefuseName(ModelProperty property, string found, string expected) =>
        faults.Add(property.Offset, Member(place, property).Path, found, expected);

    private string DeclareId(ReferenceKind kind)
    {
        var id = Require("id", Expect.Id, "");
        if (id.Length == 0)
            references.MarkIncomplete(kind);
        else if (Find("id") is { } found)
            references.Declare(kind, id, found.Node.Offset, found.Path);
        return id;
    }

    /// <summary>A slip of one letter is more likely than another place, and another place than a worse slip.</summary>
    private string Known(string name)
    {
        if (NearestName.Of(name, _known, NearestName.Slip) is { } slip)
            return Meant(slip);
        if (faults.Places.Elsewhere(name) is { } elsewhere)
            return elsewhere;
        return NearestName.Of(name, _known) is { } nearest ? Meant(nearest) : $"one of {string.Join(", ", _known.Select(ModelNode.Quote))}";

        static string Meant(string known) => $"a known one: did you mean {ModelNode.Quote(known)}?";
    }

    private T Value<T>(Place found, Expected<T> expected, T fallback)
    {
        if (expected.TryRead(found.Node, out var value))
            return value;
        faults.Add(found, expected.Description);
        return fallback;
    }

    private void Missing(string name, string expected) => faults.Add(place.Node.Offset, Step(place.Path, name), "nothing", expected);

    private bool IsList(Place found, string expected, bool required)
    {
        if (found.Node.Kind != JsonValueKind.Array)
            faults.Add(found, expected);
        else if (required && found.Node.Items.Count == 0)
            faults.Add(found.Node.Offset, found.Path, "an empty list", expected);
        else
            return true;
        return false;
    }

    private static IEnumerable<Place> Elements(Place list) =>
        list.Node.Items.Select((item, index) => new Place(item, $"{list.Path}[{index}]"));

    private static Place Member(Place parent, ModelProperty property) => new(property.Value, Step(parent.Path, property.Name));

    private static string Step(string path, string name)
    {
        var plain = name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
        if (!plain)
            return $"{path}[{ModelNode.Quote(name)}]";
        return path.Length == 0 ? name : $"{path}.{name}";
    }
}
