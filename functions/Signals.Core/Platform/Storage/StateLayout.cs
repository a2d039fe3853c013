namespace Signals.Core.Platform.Storage;

/// <summary>
/// One number for all that is kept: of every row's layout together. It goes up whenever a row is written in a way that earlier versions
/// cannot read, and is kept with the data, so that an earlier version refuses the whole instead of stumbling over single rows.
/// </summary>
public static class StateLayout
{
    /// <summary>
    /// 4: what was there before the number was kept (accounts 4, people 3). 5: the number itself, and events that say whether a browser
    /// sent them. 6: accounts that say when events came last (accounts 5). 7: what they pay, by day (accounts 6). 8: when tickets were
    /// answered and what was agreed (accounts 7).
    /// </summary>
    public const int Current = 8;
}
