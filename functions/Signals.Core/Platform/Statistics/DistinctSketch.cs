using System.Numerics;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.Platform.Statistics;

/// <summary>
/// How many different values were seen, in 256 bytes at most, with a standard error of about 6.5%; merging is commutative and idempotent.
/// </summary>
/// <remarks>HyperLogLog with linear counting for small sets: Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog" (2007).</remarks>
public sealed class DistinctSketch
{
    private const int IndexBits = 8;
    private const int Registers = 1 << IndexBits;

    private readonly byte[] _ranks = new byte[Registers];

    /// <summary>Adds a value by a well-mixed hash of it.</summary>
    public void Add(ulong hash)
    {
        int index = (int)(hash >> (64 - IndexBits));
        byte rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        if (rank > _ranks[index])
            _ranks[index] = rank;
    }

    public void MergeFrom(DistinctSketch other)
    {
        for (int i = 0; i < Registers; i++)
            _ranks[i] = Math.Max(_ranks[i], other._ranks[i]);
    }

    public double Estimate()
    {
        double sum = 0;
        int empty = 0;
        foreach (byte rank in _ranks)
        {
            sum += Math.ScaleB(1, -rank);
            if (rank == 0)
                empty++;
        }
        double alpha = 0.7213 / (1 + 1.079 / Registers);
        double raw = alpha * Registers * Registers / sum;
        return raw <= 2.5 * Registers && empty > 0 ? Registers * Math.Log((double)Registers / empty) : raw;
    }

    public void Write(PackWriter writer)
    {
        int used = Registers - _ranks.AsSpan().Count((byte)0);
        bool dense = used > Registers / 2;
        writer.Count(dense ? Registers : used);
        if (dense)
        {
            writer.Bytes(_ranks);
            return;
        }
        for (int i = 0; i < Registers; i++)
        {
            if (_ranks[i] == 0)
                continue;
            writer.Byte((byte)i);
            writer.Byte(_ranks[i]);
        }
    }

    public static DistinctSketch Read(ref PackReader reader)
    {
        int used = reader.Int();
        if (used is 0 or > Registers / 2 and not Registers)
            throw new InvalidDataException($"A packed sketch has 1 to {Registers / 2} registers, or all {Registers}; found {used}.");
        var sketch = new DistinctSketch();
        if (used == Registers)
        {
            reader.Take(Registers).CopyTo(sketch._ranks);
            return sketch;
        }
        for (; used > 0; used--)
            sketch._ranks[reader.Byte()] = reader.Byte();
        return sketch;
    }
}
