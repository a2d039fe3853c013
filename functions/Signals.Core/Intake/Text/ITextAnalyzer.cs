namespace Signals.Core.Intake.Text;

/// <summary>
/// Understands what customers write in tickets, surveys and cancellation comments. The embedded one needs nothing; Azure AI Language fits
/// behind the same port.
/// </summary>
public interface ITextAnalyzer
{
    /// <summary>
    /// Returns one analysis a text, in the order given. Never fails for what a text says: one that cannot be understood is neutral and has
    /// no remarks. Throws only on cancellation: an analyzer that depends on a service falls back to one that does not.
    /// </summary>
    Task<IReadOnlyList<TextAnalysis>> AnalyzeAsync(IReadOnlyList<WrittenText> texts, CancellationToken cancellationToken);
}

/// <summary>What somebody wrote; <paramref name="Language"/> is an ISO 639-1 code when it is known, else it is detected.</summary>
public sealed record WrittenText(string Text, string? Language = null);
