using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Messages.Lint;

/// <summary>Reads what the model itself says to customers, which no template shows before it is sent.</summary>
public static class ModelLint
{
    /// <summary>What must not be said, with the path in the model; an empty list when all is well.</summary>
    public static IReadOnlyList<string> Check(ValueModel model) =>
        [
            .. from said in TextsOf(model)
            from text in said.Text?.All ?? []
            from guilt in GuiltPhrases.In(text)
            select $"{said.Path}: '{guilt.Phrase}' is about us or about guilt. Name what got in the reader's way, and help.",
        ];

    private static IEnumerable<(string Path, LocalText? Text)> TextsOf(ValueModel model)
    {
        foreach (var (i, feature) in model.Features.Index())
        {
            yield return ($"features[{i}].name", feature.Name);
            yield return ($"features[{i}].description", feature.Description);
        }
        foreach (var (i, step) in model.Onboarding.Index())
        {
            yield return ($"onboarding[{i}].name", step.Name);
            foreach (var text in Faq($"onboarding[{i}]", step.Faq))
                yield return text;
        }
        foreach (var (i, kind) in model.Friction.Index())
        {
            yield return ($"friction[{i}].name", kind.Name);
            yield return ($"friction[{i}].fixed", kind.Fixed);
            foreach (var text in Faq($"friction[{i}]", kind.Faq))
                yield return text;
        }
        foreach (var (i, sunset) in model.PlanSunsets.Index())
        {
            yield return ($"planSunsets[{i}].why", sunset.Why);
            yield return ($"planSunsets[{i}].terms", sunset.Terms);
            yield return ($"planSunsets[{i}].replacement.differences", sunset.Differences);
            foreach (var (n, guarantee) in sunset.Guarantees.Index())
                yield return ($"planSunsets[{i}].guarantees[{n}]", guarantee);
            foreach (var (n, step) in sunset.Steps.Index())
                yield return ($"planSunsets[{i}].steps[{n}]", step);
        }
        foreach (var (i, sunset) in model.Sunsets.Index())
        {
            yield return ($"sunsets[{i}].why", sunset.Why);
            yield return ($"sunsets[{i}].terms", sunset.Terms);
            yield return ($"sunsets[{i}].replacement.differences", sunset.Differences);
            foreach (var (n, step) in sunset.Steps.Index())
                yield return ($"sunsets[{i}].steps[{n}]", step);
        }
        foreach (var (i, incident) in model.Incidents.Index())
            yield return ($"incidents[{i}].what", incident.What);
        foreach (var (i, survey) in model.Surveys.Index())
            yield return ($"surveys[{i}].question", survey.Question);
        foreach (string cause in CauseCatalogue.Ids)
            yield return ($"playbooks.{cause}.nextStep.label", model.PlaybookFor(cause).NextStep?.Label);
    }

    private static IEnumerable<(string Path, LocalText? Text)> Faq(string path, IReadOnlyList<FaqEntry> entries) =>
        entries
            .Index()
            .SelectMany(entry =>
                new (string, LocalText?)[]
                {
                    ($"{path}.faq[{entry.Index}].q", entry.Item.Question),
                    ($"{path}.faq[{entry.Index}].a", entry.Item.Answer),
                }
            );
}
