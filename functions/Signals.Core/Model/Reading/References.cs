using Signals.Core.Platform.Languages;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Ids that the file declares and the places that name them; checked when everything is read, so that order does not matter.
/// Where a declaration could not be read, references to its kind are let pass: one mistake is told once.
/// </summary>
internal sealed class References(Faults faults)
{
    /// <summary>How many ids an error names.</summary>
    private const int MostNamed = 12;

    private readonly Dictionary<ReferenceKind, HashSet<string>> _declared = new()
    {
        [ReferenceKind.Feature] = new(StringComparer.Ordinal),
        [ReferenceKind.Step] = new(StringComparer.Ordinal),
        [ReferenceKind.Plan] = new(StringComparer.OrdinalIgnoreCase),
        [ReferenceKind.Friction] = new(StringComparer.Ordinal),
        [ReferenceKind.Goal] = new(StringComparer.Ordinal),
        [ReferenceKind.Webhook] = new(StringComparer.Ordinal),
        [ReferenceKind.Survey] = new(StringComparer.Ordinal),
        [ReferenceKind.Door] = new(StringComparer.Ordinal),
        [ReferenceKind.Segment] = new(StringComparer.Ordinal),
    };

    private readonly HashSet<ReferenceKind> _incomplete = [];
    private readonly List<(ReferenceKind Kind, string Id, Place Place)> _named = [];
    private readonly List<(Place Place, IReadOnlyList<string> Languages)> _spoken = [];

    public void Declare(ReferenceKind kind, string id, int offset, string path)
    {
        if (!_declared[kind].Add(id))
            faults.Add(offset, path, $"{ModelNode.Quote(id)} a second time", "an id of its own");
    }

    public void MarkIncomplete(ReferenceKind kind) => _incomplete.Add(kind);

    public void Name(ReferenceKind kind, Place place) => Name(kind, place.Node.Text, place);

    /// <summary>An id that stands elsewhere than in the place: it is the name of the property there.</summary>
    public void Name(ReferenceKind kind, string id, Place place) => _named.Add((kind, id, place));

    /// <summary>A text that was given by language speaks only these.</summary>
    public void Speak(Place place, IReadOnlyList<string> languages) => _spoken.Add((place, languages));

    /// <param name="locales">What the product writes in: every text that is given by language is given in those.</param>
    public void Check(IReadOnlyList<string> locales)
    {
        CheckNames();
        var needed = locales.Select(MessageLanguages.Of).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (place, languages) in _spoken)
        {
            foreach (string missing in needed.Except(languages))
                faults.Add(
                    place.Node.Offset,
                    place.Path,
                    $"no text in {ModelNode.Quote(missing)}",
                    $"one, as \"locales\" names {ModelNode.Quote(missing)}"
                );
        }
    }

    private void CheckNames()
    {
        foreach (var (kind, id, place) in _named)
        {
            var declared = _declared[kind];
            if (_incomplete.Contains(kind) || declared.Contains(id))
                continue;
            var nearest = NearestName.Of(id, declared);
            faults.Add(
                place.Node.Offset,
                place.Path,
                place.Node.Kind == System.Text.Json.JsonValueKind.Object ? ModelNode.Quote(id) : place.Node.Describe(),
                $"{Expected(kind)}, {Choices(declared)}" + (nearest is null ? "" : $": did you mean {ModelNode.Quote(nearest)}?")
            );
        }
    }

    private static string Choices(HashSet<string> declared) =>
        declared.Count == 0
            ? "of which there are none"
            : $"which are {string.Join(", ", declared.Take(MostNamed).Select(ModelNode.Quote))}"
                + (declared.Count > MostNamed ? $" and {declared.Count - MostNamed} more" : "");

    private static string Expected(ReferenceKind kind) =>
        kind switch
        {
            ReferenceKind.Feature => "the id of one of the features",
            ReferenceKind.Step => "the id of one of the onboarding steps",
            ReferenceKind.Plan => "one of the plans",
            ReferenceKind.Friction => "the id of one of the friction kinds",
            ReferenceKind.Segment => "the id of one of the segments",
            _ => "the id of one of the goals",
        };
}

internal enum ReferenceKind
{
    Feature,
    Step,
    Plan,
    Friction,
    Goal,
    Webhook,
    Survey,
    Door,
    Segment,
}
