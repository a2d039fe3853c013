using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.OnboardingStalled;

/// <summary>All that is particular to <c>onboarding-stalled</c>; when it holds is for <see cref="OnboardingStalledRule"/> to say.</summary>
public sealed class OnboardingStalledCause : Cause
{
    public override string Id => CauseIds.OnboardingStalled;

    public override Phrase Name { get; } = Phrase.Of("Onboarding stalled");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of($"Who is setting this up on their side, and what stopped them?"),
        Phrase.Of($"Would half an hour together finish the step?"),
    ];

    public override Phrase Topic { get; } = Phrase.Of("setting up");

    public override double Score => 0.74;

    // A step that is late is worth a mail; one that failed time and again, for all of them, a person should hear of.
    public override Curve Evidence { get; } = Curve.Of((0, 0), (0.85, 0.5), (0.9, 2));

    /// <summary>
    /// Who is stuck in the first two months leaves; who still is after four lives without it, or left long ago in all but name. The mail is
    /// the same.
    /// </summary>
    public override double Freshness(AccountContext context)
    {
        const int FreshDays = 60,
            OldDays = 120;
        return context.StartDay is { } start ? Math.Clamp((double)(OldDays - (context.Today - start)) / (OldDays - FreshDays), 0, 1) : 1;
    }

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
            FollowUp = new FollowUp($"{Id}-again"),
            Goal = new Goal(Step: Goal.Any),
        };

    internal override object ReadSettings(ObjectReader cause) => OnboardingStalledSettings.Read(cause);
}
