using System.Numerics;

namespace Signals.Core.Platform.Statistics;

/// <summary>
/// The weighted sum of vectors' products with themselves, a symmetric matrix. Vectors are gathered and multiplied by the batch, a tile of
/// the matrix at a time, so that it is read and written once a batch and not once a vector.
/// </summary>
/// <param name="width">Values in a vector.</param>
internal sealed class SymmetricProducts(int width)
{
    /// <summary>Lines of a tile, each in a register of its own.</summary>
    private const int TileLines = 4;

    private const int BatchSize = 64;

    /// <summary>Lines are padded with zeros, so that no tile ends early.</summary>
    private readonly int _stride = RoundUp(width, Math.Max(TileLines, Vector<double>.Count));

    private double[]? _batch;
    private double[]? _sums;
    private int _count;

    /// <summary>Adds a vector's products.</summary>
    /// <param name="vector">As many values as the width.</param>
    /// <param name="weight">0 or more.</param>
    public void Add(ReadOnlySpan<double> vector, double weight)
    {
        _batch ??= new double[BatchSize * _stride];
        double scale = Math.Sqrt(weight);
        var line = _batch.AsSpan(_count * _stride, width);
        for (int i = 0; i < line.Length; i++)
            line[i] = scale * vector[i];
        if (++_count == BatchSize)
            Multiply();
    }

    /// <summary>Writes the lower half of the sum, line by line without padding, and begins anew.</summary>
    public void Take(Span<double> matrix)
    {
        Multiply();
        for (int i = 0; i < width; i++)
            _sums.AsSpan(i * _stride, i + 1).CopyTo(matrix[(i * width)..]);
        Array.Clear(_sums!);
    }

    private void Multiply()
    {
        _sums ??= new double[_stride * _stride];
        ReadOnlySpan<double> batch = _batch.AsSpan(0, _count * _stride);
        for (int i = 0; i < _stride; i += TileLines)
        {
            for (int j = 0; j < i + TileLines; j += Vector<double>.Count)
                AddTile(_sums.AsSpan(i * _stride + j), batch, i, j);
        }
        _count = 0;
    }

    private void AddTile(Span<double> sums, ReadOnlySpan<double> batch, int i, int j)
    {
        Vector<double> a = new(sums),
            b = new(sums[_stride..]),
            c = new(sums[(2 * _stride)..]),
            d = new(sums[(3 * _stride)..]);
        for (int line = 0; line < batch.Length; line += _stride)
        {
            var along = new Vector<double>(batch[(line + j)..]);
            var across = batch.Slice(line + i, TileLines);
            a = Vector.FusedMultiplyAdd(new Vector<double>(across[0]), along, a);
            b = Vector.FusedMultiplyAdd(new Vector<double>(across[1]), along, b);
            c = Vector.FusedMultiplyAdd(new Vector<double>(across[2]), along, c);
            d = Vector.FusedMultiplyAdd(new Vector<double>(across[3]), along, d);
        }
        a.CopyTo(sums);
        b.CopyTo(sums[_stride..]);
        c.CopyTo(sums[(2 * _stride)..]);
        d.CopyTo(sums[(3 * _stride)..]);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
