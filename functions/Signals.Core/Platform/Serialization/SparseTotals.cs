namespace Signals.Core.Platform.Serialization;

/// <summary>
/// Whole numbers by index, few of them other than zero: in memory and packed it takes room for those alone. Additions are commutative.
/// </summary>
public struct SparseTotals
{
    private int[]? _keys;
    private long[]? _values;
    private int _length;

    /// <summary>How many totals there are, zeros that additions cancelled included.</summary>
    public readonly int Length => _length;

    public readonly long this[int key] => Find(key) is >= 0 and var at ? _values![at] : 0;

    /// <summary>Adds to a total; beyond 64 bits it stays at the limit.</summary>
    public void Add(int key, long amount)
    {
        int at = Find(key);
        if (at < 0)
            Insert(at = ~at, key);
        _values![at] = Saturated(_values[at], amount);
    }

    /// <summary>The totals in order of their index.</summary>
    public readonly (int Key, long Value) At(int position) => (_keys![position], _values![position]);

    public readonly void Write(PackWriter writer)
    {
        writer.Count(_length);
        for (int i = 0; i < _length; i++)
        {
            writer.Count(_keys![i]);
            writer.Signed(_values![i]);
        }
    }

    /// <summary>Reads totals whose indexes are below <paramref name="keys"/>.</summary>
    public static SparseTotals Read(ref PackReader reader, int keys)
    {
        int length = reader.Count();
        if (length == 0)
            return default;
        var totals = new SparseTotals { _keys = new int[length], _values = new long[length] };
        for (int i = 0, previous = -1; i < length; i++)
        {
            int key = reader.Index(keys);
            if (key <= previous)
                throw new InvalidDataException($"Packed totals are in order of their index; found {key} after {previous}.");
            totals._keys[i] = previous = key;
            totals._values[i] = reader.Signed();
        }
        totals._length = length;
        return totals;
    }

    private readonly int Find(int key) => _length == 0 ? ~0 : Array.BinarySearch(_keys!, 0, _length, key);

    private void Insert(int at, int key)
    {
        int room = _keys?.Length ?? 0;
        if (_length == room)
        {
            Array.Resize(ref _keys, Math.Max(4, room * 2));
            Array.Resize(ref _values, _keys.Length);
        }
        Array.Copy(_keys!, at, _keys!, at + 1, _length - at);
        Array.Copy(_values!, at, _values!, at + 1, _length - at);
        _keys![at] = key;
        _values![at] = 0;
        _length++;
    }

    private static long Saturated(long a, long b)
    {
        long sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? long.MinValue : long.MaxValue) : sum;
    }
}
