using System.Text.Json;

namespace Signals.Core.Model.Doors;

/// <summary>
/// Where in a payload something stands: the part of JSONPath (RFC 9535) that asks for members, elements, all of them, and those of which
/// something is true: <c>$.data.items[0].id</c>, <c>$['a b']</c>, <c>$.items[*]</c>, <c>$.answers[?@.field.ref == 'nps'].number</c>.
/// </summary>
/// <remarks>No step looks deeper than one level, so that a path costs no more than the payload has values.</remarks>
public sealed class DoorPath
{
    public const int MaxChars = 300;

    private const int MaxSteps = 32;

    /// <summary>What is found beyond this is not looked at.</summary>
    private const int MaxFound = 1_000;

    private readonly IReadOnlyList<DoorStep> _steps;

    private DoorPath(string text, IReadOnlyList<DoorStep> steps) => (Text, _steps) = (text, steps);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <param name="text">The path.</param>
    /// <param name="path">The path, read.</param>
    /// <param name="problem">What was found instead of one, in a few words.</param>
    public static bool TryParse(string text, out DoorPath path, out string problem)
    {
        path = new DoorPath(text, []);
        if (text.Length > MaxChars)
        {
            problem = $"{text.Length} characters";
            return false;
        }
        var reader = new DoorPathReader(text);
        if (!reader.Skip('$'))
        {
            problem = "a path that does not begin with \"$\"";
            return false;
        }
        var steps = reader.Steps(MaxSteps);
        problem = reader.Problem ?? (reader.AtEnd ? "" : reader.Unexpected());
        path = new DoorPath(text, steps);
        return problem.Length == 0;
    }

    /// <summary>The first value there that is not null; null for none.</summary>
    public JsonElement? First(JsonElement root) => All(root) is [var first, ..] ? first : null;

    /// <summary>Every value there, in the payload's order; nulls are none.</summary>
    public IReadOnlyList<JsonElement> All(JsonElement root) => Follow(_steps, root);

    /// <summary>What is found by going so many steps from a value.</summary>
    internal static IReadOnlyList<JsonElement> Follow(IReadOnlyList<DoorStep> steps, JsonElement root)
    {
        List<JsonElement> at = [root];
        foreach (var step in steps)
        {
            var next = new List<JsonElement>();
            foreach (var value in at)
            {
                foreach (var found in step.From(value))
                {
                    if (next.Count < MaxFound)
                        next.Add(found);
                }
            }
            at = next;
        }
        at.RemoveAll(value => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined);
        return at;
    }

    public override string ToString() => Text;
}
