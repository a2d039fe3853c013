using System.Runtime.InteropServices;

namespace Signals.Local.Backtest;

/// <summary>Some whole lines of a file: where each lies in the bytes, without its end, and how many lines came before them.</summary>
/// <param name="Bytes">Slices of it stay good until the block is handed back to be used again.</param>
/// <param name="Lines">Blank ones are left out, so that each has its own number.</param>
/// <param name="TooLong">Lines that no event can be as long as, by number and length; their bytes were passed over.</param>
/// <param name="Position">How far the file itself was read by then.</param>
public sealed record LineBlock(byte[] Bytes, List<FileLine> Lines, List<(long Number, long Length)> TooLong, long Position);

/// <summary>A line's place in its block, and its number in the file from 1.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FileLine(long Number, int Start, int Length);
