using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>What a CS manager might ask a customer, by cause.</summary>
public static class CauseQuestions
{
    public static IReadOnlyList<Phrase> Of(string cause) => CauseCatalogue.Find(cause)?.Questions ?? [];
}
