using System.Text.Json;

namespace Signals.Web.Tests.Alerts;

/// <summary>What a rule about JSON needs: members, lengths, words of a list. What breaks a rule is told with its place.</summary>
internal sealed class JsonRules
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public void Fault(string place, string what) => _faults.Add($"{place}: {what}");

    /// <summary>An object with these members and no others, each once.</summary>
    public bool Members(string place, JsonElement of, string[] needed, params string[] allowed)
    {
        if (of.ValueKind != JsonValueKind.Object)
        {
            Fault(place, "no object");
            return false;
        }
        var names = of.EnumerateObject().Select(member => member.Name).ToList();
        foreach (string missing in needed.Except(names, StringComparer.Ordinal))
            Fault(place, $"no {missing}");
        foreach (string other in names.Except([.. needed, .. allowed], StringComparer.Ordinal))
            Fault(place, $"{other} is not known");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            Fault(place, "a member twice");
        return !needed.Except(names, StringComparer.Ordinal).Any();
    }

    /// <summary>A member that may be left out: a text of one character at least, of whole characters, and of so many at most.</summary>
    public void Text(string place, JsonElement of, string member, int most)
    {
        if (!of.TryGetProperty(member, out var value))
            return;
        if (value.ValueKind != JsonValueKind.String)
        {
            Fault($"{place}.{member}", "no text");
            return;
        }
        try
        {
            int length = value.GetString()!.Length;
            if (length == 0 || length > most)
                Fault($"{place}.{member}", $"{length} characters of 1 to {most}");
        }
        catch (InvalidOperationException)
        {
            Fault($"{place}.{member}", "half a character");
        }
    }

    /// <summary>A member that may be left out: one of these words.</summary>
    public void OneOf(string place, JsonElement of, string member, params string[] words)
    {
        if (of.TryGetProperty(member, out var value) && (value.ValueKind != JsonValueKind.String || !words.Contains(value.GetString()!)))
            Fault($"{place}.{member}", $"{value} is none of {string.Join(", ", words)}");
    }

    /// <summary>A member that may be left out: an address that a browser may open, and of so many characters at most.</summary>
    public void Address(string place, JsonElement of, string member, int most)
    {
        Text(place, of, member, most);
        if (
            of.TryGetProperty(member, out var value)
            && !(Uri.TryCreate(value.ToString(), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps)
        )
            Fault($"{place}.{member}", "no address over https");
    }

    /// <summary>A list of so many; its items, each with its place. None where it is no such list.</summary>
    public IEnumerable<(string Place, JsonElement Item)> Items(string place, JsonElement of, string member, int least, int most)
    {
        if (!of.TryGetProperty(member, out var list))
            return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < least || list.GetArrayLength() > most)
        {
            Fault($"{place}.{member}", $"no list of {least} to {most}");
            if (list.ValueKind != JsonValueKind.Array)
                return [];
        }
        return [.. list.EnumerateArray().Select((item, i) => ($"{place}.{member}[{i}]", item))];
    }

    /// <summary>What a list's items are called is unlike.</summary>
    public void Unlike(string place, IEnumerable<JsonElement> items, string member)
    {
        var names = items
            .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(member, out _))
            .Select(item => item.GetProperty(member).ToString())
            .ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            Fault(place, $"one {member} twice");
    }

    public static string TypeOf(JsonElement of) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty("type", out var type) ? type.ToString() : "";
}
