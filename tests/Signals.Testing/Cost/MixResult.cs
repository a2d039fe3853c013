namespace Signals.Testing.Cost;

/// <summary>What a traffic mix cost. <paramref name="Events"/> were sent in, <paramref name="Reviews"/> asked for.</summary>
public sealed record MixResult(string Name, long Events, long Reviews, Bill Bill, FoldTotals Folds)
{
    public double BusPerThousandEvents => 1000.0 * Bill.Bus() / Events;

    public double StoragePerEvent => (double)Bill.Storage() / Events;

    /// <summary>Storage operations of sweeps and reviews, for each review.</summary>
    public double StoragePerReview => (double)(Bill.Storage("sweep") + Bill.Storage("review")) / Reviews;
}
