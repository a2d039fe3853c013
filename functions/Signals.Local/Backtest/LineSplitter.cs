using System.Collections.Concurrent;
using Signals.Core.Intake.Events;

namespace Signals.Local.Backtest;

/// <summary>
/// Cuts a stream into blocks of whole lines. Memory is bounded whatever the stream holds: a line over
/// <see cref="MaxLineBytes"/> is passed over and reported by its length.
/// </summary>
/// <param name="stream">What is cut.</param>
/// <param name="position">How far the file itself was read.</param>
/// <param name="spent">The bytes of blocks that nobody reads any more, to be used again; null where they are kept.</param>
public sealed class LineSplitter(Stream stream, Func<long> position, ConcurrentQueue<byte[]>? spent = null)
{
    /// <summary>An event's own limit, and room for the spaces some writers put around it.</summary>
    public const int MaxLineBytes = 2 * EventLimits.MaxEventBytes;

    /// <summary>Under the large object heap's threshold, so that blocks are collected young.</summary>
    private const int BlockBytes = 80 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _tail = [];
    private long _lines;
    private int _usualLines;
    private long _skipped;

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>True when the last byte read was no end of a line.</summary>
    public bool EndsInLine { get; private set; }

    public IEnumerable<LineBlock> Blocks()
    {
        bool ended = false;
        while (!ended)
        {
            byte[] bytes = spent?.TryDequeue(out byte[]? used) == true ? used : GC.AllocateUninitializedArray<byte>(BlockBytes);
            _tail.CopyTo(bytes, 0);
            int filled =
                _tail.Length + stream.ReadAtLeast(bytes.AsSpan(_tail.Length), BlockBytes - _tail.Length, throwOnEndOfStream: false);
            ended = filled < BlockBytes;
            Bytes += filled - _tail.Length;
            EndsInLine = filled > 0 ? bytes[filled - 1] != '\n' : EndsInLine;
            var block = new LineBlock(bytes, new List<FileLine>(_usualLines), [], position());
            Split(block, filled, ended);
            _usualLines = block.Lines.Count + block.Lines.Count / 8;
            if (block.Lines.Count + block.TooLong.Count > 0)
                yield return block;
        }
    }

    private void Split(LineBlock block, int filled, bool ended)
    {
        int start = _lines == 0 && block.Bytes.AsSpan(0, filled).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        while (start < filled)
        {
            int length = block.Bytes.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if (length < 0)
                break;
            AddLine(block, start, length);
            start += length + 1;
        }
        int rest = filled - start;
        if (ended)
        {
            if (rest > 0 || _skipped > 0)
                AddLine(block, start, rest);
            return;
        }
        if (_skipped > 0 || rest > MaxLineBytes)
        {
            _skipped += rest;
            rest = 0;
        }
        _tail = block.Bytes.AsSpan(filled - rest, rest).ToArray();
    }

    private void AddLine(LineBlock block, int start, int length)
    {
        _lines++;
        if (_skipped + length > MaxLineBytes)
        {
            block.TooLong.Add((_lines, _skipped + length));
            _skipped = 0;
            return;
        }
        while (length > 0 && IsSpace(block.Bytes[start + length - 1]))
            length--;
        while (length > 0 && IsSpace(block.Bytes[start]))
        {
            start++;
            length--;
        }
        if (length > 0)
            block.Lines.Add(new FileLine(_lines, start, length));
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r';
}
