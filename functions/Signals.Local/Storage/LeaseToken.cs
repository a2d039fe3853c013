using System.Globalization;
using System.Runtime.InteropServices;

namespace Signals.Local.Storage;

/// <summary>Names one delivery of one message: its row, and a lease number that is never given twice.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseToken(long Sequence, long Lease)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Lease}");

    /// <summary>A text that no delivery carried reads as a lease that nobody holds.</summary>
    public static LeaseToken Parse(string text)
    {
        int dot = text.IndexOf('.');
        return
            dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long lease)
            ? new LeaseToken(sequence, lease)
            : new LeaseToken(-1, -1);
    }
}
