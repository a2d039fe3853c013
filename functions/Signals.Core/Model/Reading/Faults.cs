namespace Signals.Core.Model.Reading;

/// <summary>Gathers every mistake with its place in the file, so that all are told at once and in order.</summary>
internal sealed class Faults
{
    private readonly List<(int Offset, ModelError Error)> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(int offset, string path, string found, string expected) => _faults.Add((offset, new(path, found, expected)));

    public void Add(Place place, string expected) => Add(place.Node.Offset, place.Path, place.Node.Describe(), expected);

    public IReadOnlyList<ModelError> InFileOrder() => [.. _faults.OrderBy(fault => fault.Offset).Select(fault => fault.Error)];
}

/// <summary>A value and the path that leads to it.</summary>
internal readonly record struct Place(ModelNode Node, string Path);
