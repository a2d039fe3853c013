using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes.OnboardingStalled;

/// <summary>All that is particular to <c>onboarding-stalled</c>; when it holds is for <see cref="OnboardingStalledRule"/> to say.</summary>
public sealed class OnboardingStalledCause : Cause
{
    public override string Id => CauseIds.OnboardingStalled;

    public override Phrase Name { get; } = new("Onboarding stalled", "Mise en route bloquée");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of(
            $"Who is setting this up on their side, and what stopped them?",
            $"Qui s’occupe de la mise en route chez eux, et qu’est-ce qui a bloqué ?"
        ),
        Phrase.Of($"Would half an hour together finish the step?", $"Une demi-heure ensemble suffirait-elle à finir l’étape ?"),
    ];

    public override Phrase Topic { get; } = new("setting up", "la mise en route");

    public override double Score => 0.74;

    public override IPersonRule PersonRule { get; } = new OnboardingStalledRule();

    public override object UsualSettings => OnboardingStalledSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = OnboardingStalledSettings.Of(model);
        return model.Onboarding.Select(step => step.WithinDays).Append(settings.ForgetDays).Max();
    }

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 70,
            Message = Id,
            Goal = new Goal(Step: Goal.Any),
        };

    internal override object ReadSettings(ObjectReader cause) => OnboardingStalledSettings.Read(cause);
}
