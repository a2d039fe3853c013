using System.Numerics;
using System.Runtime.InteropServices;

namespace Signals.Core.State.People;

/// <summary>
/// Ids in the order they came, eight bytes each. Those that one message brought on one day follow each other, and share a line that says
/// which. Many are found by a table of their places; few are looked through, which is faster than any table.
/// </summary>
internal struct AddedIds
{
    private const int LeastRoom = 4;
    private const int Few = 48;

    private ulong[]? _ids;
    private Run[]? _runs;
    private int _runCount;

    /// <summary>
    /// Twice as many places as ids at least, a power of two: one more than an id's position, or 0. Null while there are few.
    /// </summary>
    private int[]? _places;

    public int Count { get; private set; }

    /// <summary>The tag of the message that brought an id, or null when the id is not among them.</summary>
    public readonly uint? Find(ulong id) => PositionOf(id) is >= 0 and var at ? _runs![RunOf(at)].Message : null;

    /// <summary>Adds an id that is not among them.</summary>
    public void Add(ulong id, int day, uint message)
    {
        if (Count == (_ids?.Length ?? 0))
            Array.Resize(ref _ids, Count + Math.Max(LeastRoom, Count / 4));
        if (_runCount == 0 || _runs![_runCount - 1] is var last && (last.Day != day || last.Message != message))
        {
            if (_runCount == (_runs?.Length ?? 0))
                Array.Resize(ref _runs, _runCount + Math.Max(LeastRoom, _runCount / 4));
            _runs![_runCount++] = new Run(Count, day, message);
        }
        _ids![Count++] = id;
        if (_places is not null && Count * 2 <= _places.Length)
            Place(id, Count - 1);
        else if (Count > Few)
            PlaceAll();
    }

    /// <summary>Forgets what came before a day.</summary>
    public void Prune(int day)
    {
        int kept = 0,
            runs = 0;
        for (int i = 0; i < _runCount; i++)
        {
            var run = _runs![i];
            int end = i + 1 < _runCount ? _runs[i + 1].Start : Count;
            if (run.Day < day)
                continue;
            Array.Copy(_ids!, run.Start, _ids!, kept, end - run.Start);
            _runs[runs++] = run with { Start = kept };
            kept += end - run.Start;
        }
        if (kept == Count)
            return;
        (Count, _runCount) = (kept, runs);
        if (Count < _ids!.Length / 2)
            Array.Resize(ref _ids, Count);
        _places = null;
        if (Count > Few)
            PlaceAll();
    }

    public readonly IEnumerable<(ulong Id, int Day, uint Message)> All()
    {
        for (int i = 0, run = 0; i < Count; i++)
        {
            if (run + 1 < _runCount && _runs![run + 1].Start == i)
                run++;
            yield return (_ids![i], _runs![run].Day, _runs[run].Message);
        }
    }

    private readonly int PositionOf(ulong id)
    {
        if (_places is null)
            return _ids.AsSpan(0, Count).IndexOf(id);
        int mask = _places.Length - 1;
        for (int place = (int)id & mask; _places[place] is > 0 and var at; place = (place + 1) & mask)
        {
            if (_ids![at - 1] == id)
                return at - 1;
        }
        return -1;
    }

    private readonly int RunOf(int position)
    {
        int low = 0,
            high = _runCount - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (_runs![middle].Start <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private void PlaceAll()
    {
        _places = new int[BitOperations.RoundUpToPowerOf2((uint)Count * 3)];
        for (int i = 0; i < Count; i++)
            Place(_ids![i], i);
    }

    private readonly void Place(ulong id, int position)
    {
        int mask = _places!.Length - 1,
            place = (int)id & mask;
        while (_places[place] > 0)
            place = (place + 1) & mask;
        _places[place] = position + 1;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Run(int Start, int Day, uint Message);
}
