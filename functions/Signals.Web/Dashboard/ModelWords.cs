using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Dashboard;

/// <summary>What the model calls things.</summary>
internal sealed class ModelWords(ValueModel model)
{
    /// <summary>The floor: 15 minutes in 30 days.</summary>
    public string Floor(Reader reader) =>
        reader.Say(
            Phrase.Counted(
                model.Value.Floor.Days,
                $"floor|{reader.Amount(model.Value.Floor.Amount)} {model.Value.Unit} in {model.Value.Floor.Days} day",
                $"floor|{reader.Amount(model.Value.Floor.Amount)} {model.Value.Unit} in {model.Value.Floor.Days} days"
            )
        );

    /// <summary>
    /// The name of the step, feature or obstacle that a cause is about, in the reader's language; its id when the model has forgotten it,
    /// null for null.
    /// </summary>
    public string? Kind(Reader reader, string? id) =>
        id is null
            ? null
            : model.Onboarding.FirstOrDefault(step => step.Id == id)?.Name.In(reader.Language)
                ?? model.FeatureOf(id)?.Name.In(reader.Language)
                ?? model.Friction.FirstOrDefault(kind => kind.Id == id)?.Name.In(reader.Language)
                ?? id;
}
