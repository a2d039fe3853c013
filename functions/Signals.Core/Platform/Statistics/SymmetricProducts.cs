using System.Numerics;
using System.Runtime.InteropServices;

namespace Signals.Core.Platform.Statistics;

/// <summary>
/// The weighted sum of vectors' products with themselves, a symmetric matrix. Vectors are gathered and multiplied by the batch, a tile of
/// the matrix at a time, so that it is read and written once a batch and not once a vector.
/// </summary>
/// <param name="width">Values in a vector.</param>
internal sealed class SymmetricProducts(int width)
{
    /// <summary>
    /// Lines of a tile, each in two registers: so many sums keep the processor busy while each waits for its last product.
    /// </summary>
    private const int TileLines = 4;

    private const int BatchSize = 64;

    private static readonly int TileColumns = 2 * Vector<double>.Count;

    /// <summary>Lines are padded with zeros, so that no tile ends early.</summary>
    private readonly int _stride = RoundUp(width, Math.Max(TileLines, TileColumns));

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
        var values = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var scaled = MemoryMarshal.Cast<double, Vector<double>>(line);
        for (int i = 0; i < values.Length; i++)
            scaled[i] = values[i] * scale;
        for (int i = values.Length * Vector<double>.Count; i < line.Length; i++)
            line[i] = vector[i] * scale;
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
            for (int j = 0; j < i + TileLines; j += TileColumns)
                AddTile(_sums.AsSpan(i * _stride + j), batch, i, j);
        }
        _count = 0;
    }

    private void AddTile(Span<double> sums, ReadOnlySpan<double> batch, int i, int j)
    {
        int stride = _stride / Vector<double>.Count,
            along = j / Vector<double>.Count;
        var tile = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var lines = MemoryMarshal.Cast<double, Vector<double>>(batch);
        Vector<double> a = tile[0],
            a2 = tile[1],
            b = tile[stride],
            b2 = tile[stride + 1],
            c = tile[2 * stride],
            c2 = tile[2 * stride + 1],
            d = tile[3 * stride],
            d2 = tile[3 * stride + 1];
        for (int across = i; across < batch.Length; across += _stride, along += stride)
        {
            Vector<double> first = lines[along],
                second = lines[along + 1];
            var factor = new Vector<double>(batch[across]);
            a = Vector.FusedMultiplyAdd(factor, first, a);
            a2 = Vector.FusedMultiplyAdd(factor, second, a2);
            factor = new Vector<double>(batch[across + 1]);
            b = Vector.FusedMultiplyAdd(factor, first, b);
            b2 = Vector.FusedMultiplyAdd(factor, second, b2);
            factor = new Vector<double>(batch[across + 2]);
            c = Vector.FusedMultiplyAdd(factor, first, c);
            c2 = Vector.FusedMultiplyAdd(factor, second, c2);
            factor = new Vector<double>(batch[across + 3]);
            d = Vector.FusedMultiplyAdd(factor, first, d);
            d2 = Vector.FusedMultiplyAdd(factor, second, d2);
        }
        (tile[0], tile[1]) = (a, a2);
        (tile[stride], tile[stride + 1]) = (b, b2);
        (tile[2 * stride], tile[2 * stride + 1]) = (c, c2);
        (tile[3 * stride], tile[3 * stride + 1]) = (d, d2);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
