using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>Gathers every mistake with its place in the file, so that all are told at once and in order.</summary>
/// <param name="places">Where names belong; asked once a name is unknown where it stands.</param>
internal sealed class Faults(Func<ModelPlaces> places)
{
    private readonly Lazy<ModelPlaces> _places = new(places);

    private readonly List<(int Offset, ModelError Error)> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(int offset, string path, string found, string expected) => _faults.Add((offset, new(path, found, expected)));

    public void Add(Place place, string expected) => Add(place.Node.Offset, place.Path, place.Node.Describe(), expected);

    /// <summary>Where a name is known that is unknown here.</summary>
    public ModelPlaces Places => _places.Value;

    /// <summary>Every mistake with its place in the text that was read.</summary>
    public IReadOnlyList<ModelError> InFileOrder(ReadOnlySpan<byte> json)
    {
        var errors = new List<ModelError>();
        foreach (var (offset, error) in _faults.OrderBy(fault => fault.Offset))
            errors.Add(error with { At = ModelText.PositionOf(json, offset) });
        return errors;
    }
}

/// <summary>A value and the path that leads to it; where nothing is read, the shape that is being told.</summary>
internal readonly record struct Place(ModelNode Node, string Path, Action<JsonObject>? Tell = null);
