namespace Signals.Core.Ingestion;

/// <summary>Who may send events.</summary>
public interface IWriteKeys
{
    /// <summary>True when the key is a known one. Takes the same time whichever key comes close.</summary>
    bool IsKnown(string writeKey);
}
