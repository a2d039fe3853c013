namespace Signals.Local.Storage;

/// <summary>How a column's bytes read. The numbers are in every data file: never change one, only add.</summary>
internal enum ColumnType : byte
{
    /// <summary>Length, UTF-8.</summary>
    Text = 1,

    /// <summary>Length, UTF-16 little-endian: text that UTF-8 cannot hold (half a surrogate pair).</summary>
    BrokenText = 2,

    /// <summary>Zigzag variable length.</summary>
    Int32 = 3,

    /// <summary>Zigzag variable length.</summary>
    Int64 = 4,

    /// <summary>Eight bytes, little-endian.</summary>
    Double = 5,

    False = 6,

    True = 7,

    /// <summary>UTC ticks, eight bytes, little-endian.</summary>
    Time = 8,

    Guid = 9,

    /// <summary>Length, bytes.</summary>
    Binary = 10,
}
