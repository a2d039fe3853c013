using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.FeatureSunset;

/// <summary>All that is particular to <c>feature-sunset</c>; when it holds is for <see cref="FeatureSunsetRule"/> to say.</summary>
public sealed class FeatureSunsetCause : Cause
{
    public override string Id => CauseIds.FeatureSunset;

    public override Phrase Name { get; } = Phrase.Of("Feature sunset");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"What do they still use it for?"), Phrase.Of($"What keeps them from moving?")];

    public override Phrase Topic { get; } = Phrase.Of("parts of the product that end");

    public override double Score => 0.65;

    public override Curve Evidence { get; } = Curve.Line(0.5, 0, 1);

    public override bool IsByDetail => true;

    public override bool IsNotice => true;

    public override IPersonRule PersonRule { get; } = new FeatureSunsetRule();

    public override object UsualSettings => FeatureSunsetSettings.Usual;

    public override int MemoryDays(ValueModel model) => FeatureSunsetSettings.Of(model).Days;

    /// <remarks>Notices have their own days; a cooldown would swallow the second.</remarks>
    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 90,
            Message = Id,
            Goal = new Goal(Feature: Goal.Any),
            GoalDays = 30,
            CooldownDays = 0,
        };

    internal override object ReadSettings(ObjectReader cause) => FeatureSunsetSettings.Read(cause);
}
