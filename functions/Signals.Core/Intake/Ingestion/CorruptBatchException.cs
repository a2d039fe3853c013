namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// A message body that is no packed batch, was damaged, or comes from a newer version. It can never be folded: dead-letter it.
/// </summary>
public sealed class CorruptBatchException(string detail, Exception? inner = null)
    : Exception($"The packed events cannot be read: {detail}.", inner);
