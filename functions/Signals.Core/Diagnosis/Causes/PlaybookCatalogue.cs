using Signals.Core.Model;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>The playbooks that hold where a model says nothing else.</summary>
public static class PlaybookCatalogue
{
    /// <summary>Every cause's playbook.</summary>
    public static IReadOnlyDictionary<string, Playbook> For(BillingDefinition billing) =>
        CauseCatalogue.All.ToDictionary(cause => cause.Id, cause => cause.PlaybookFor(billing), StringComparer.Ordinal);

    /// <summary>
    /// What follows a cause under a model. Throws <see cref="ArgumentOutOfRangeException"/> for an id that is no cause's.
    /// </summary>
    public static Playbook PlaybookFor(this ValueModel model, string causeId)
    {
        if (model.Playbooks.TryGetValue(causeId, out var playbook))
            return playbook;
        return CauseCatalogue.Find(causeId)?.PlaybookFor(model.Billing)
            ?? throw new ArgumentOutOfRangeException(nameof(causeId), causeId, "There is no such cause.");
    }
}
