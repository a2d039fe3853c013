using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>What people call the causes.</summary>
public static class CauseNames
{
    /// <summary>The cause's name; the id itself for one that is not in <see cref="CauseCatalogue"/>.</summary>
    public static Phrase Of(string cause) => CauseCatalogue.Find(cause)?.Name ?? Phrase.Same(cause);
}
