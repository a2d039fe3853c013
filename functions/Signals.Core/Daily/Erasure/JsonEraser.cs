using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Takes people out of JSON, whatever it says: elements of arrays that are about one of them go as a whole, elsewhere what names or quotes
/// them is blotted out. The document keeps its shape, so that whoever wrote it can read it.
/// </summary>
internal static class JsonEraser
{
    /// <summary>Members that hold a person's id as it stands in keys, without the prefix.</summary>
    private static readonly HashSet<string> PersonMembers = new(StringComparer.Ordinal) { "person", "personId", "userId", "previousId" };

    /// <summary>A member that may be null: where it is about one of them it goes as a whole, as an array's element does.</summary>
    private const string OptionalMember = "evidence";

    /// <summary>
    /// The document without anybody, and who they were; the bytes are null where there was nobody, or where it is no JSON.
    /// </summary>
    public static (byte[]? Json, IReadOnlyCollection<ErasureSubject> Found) Erase(
        ReadOnlySpan<byte> json,
        ErasureSubjects subjects,
        string? place
    )
    {
        var found = new HashSet<ErasureSubject>();
        if (Parse(json) is not { } root)
            return (null, found);
        root = Erase(root, null, subjects, place, found);
        return found.Count == 0 ? (null, found) : (JsonSerializer.SerializeToUtf8Bytes(root), found);
    }

    /// <summary>Null for what is no JSON object or array.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length == 0 || json[0] is not ((byte)'{' or (byte)'['))
            return null;
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode Erase(JsonNode node, string? member, ErasureSubjects subjects, string? place, HashSet<ErasureSubject> found)
    {
        switch (node)
        {
            case JsonArray array:
                for (int i = array.Count - 1; i >= 0; i--)
                {
                    if (array[i] is not { } element)
                        continue;
                    if (WhoseWhole(element, subjects) is { } subject)
                    {
                        found.Add(subject);
                        array.RemoveAt(i);
                        continue;
                    }
                    Put(element, Erase(element, member, subjects, place, found), replaced => array[i] = replaced);
                }
                return array;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (subjects.OfPerson(name) is { } named)
                    {
                        found.Add(named);
                        members.Remove(name);
                    }
                    else if (name == OptionalMember && value is JsonObject && WhoseWhole(value, subjects) is { } told)
                    {
                        found.Add(told);
                        members[name] = null;
                    }
                    else if (value is not null)
                    {
                        Put(value, Erase(value, name, subjects, place, found), replaced => members[name] = replaced);
                    }
                }
                return members;
            default:
                if (node.GetValueKind() != JsonValueKind.String)
                    return node;
                string text = node.GetValue<string>();
                if (member is not null && PersonMembers.Contains(member) && subjects.OfWord(text) is { } person)
                {
                    found.Add(person);
                    return JsonValue.Create("");
                }
                var (rest, whose) = subjects.Without(text, place);
                if (whose is null)
                    return node;
                found.Add(whose);
                return JsonValue.Create(rest);
        }
    }

    private static void Put(JsonNode before, JsonNode after, Action<JsonNode> put)
    {
        if (!ReferenceEquals(before, after))
            put(after);
    }

    /// <summary>Whom an array's element is about as a whole: a key alone, or an object that says so in a member of its own.</summary>
    private static ErasureSubject? WhoseWhole(JsonNode element, ErasureSubjects subjects)
    {
        if (element is not JsonObject members)
            return element.GetValueKind() == JsonValueKind.String ? subjects.OfPerson(element.GetValue<string>()) : null;
        foreach (var (name, value) in members)
        {
            if (value?.GetValueKind() != JsonValueKind.String)
                continue;
            string text = value.GetValue<string>();
            var subject =
                PersonMembers.Contains(name) ? subjects.OfPerson(text) ?? subjects.OfWord(text)
                : name == "to" ? subjects.OfWord(text)
                : subjects.OfPerson(text) ?? subjects.OfKey(text);
            if (subject is not null)
                return subject;
        }
        return null;
    }
}
