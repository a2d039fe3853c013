using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.NeedsChanged;

/// <summary>All that is particular to <c>needs-changed</c>; when it holds is for <see cref="NeedsChangedRule"/> to say.</summary>
public sealed class NeedsChangedCause : Cause
{
    public override string Id => CauseIds.NeedsChanged;

    public override Phrase Name { get; } = Phrase.Of("Needs changed");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"What changed?"), Phrase.Of($"Would a pause or an export help?")];

    public override Phrase Topic { get; } = Phrase.Of("your options");

    public override double Score => 0.8;

    // One look at the way out is curiosity; several, or words of leaving, are not.
    public override Curve Evidence { get; } = Curve.Of((0, 0), (0.8, 0.7), (0.95, 2.4));

    public override bool IsFelt => true;

    public override IAccountRule AccountRule { get; } = new NeedsChangedRule();

    public override object UsualSettings => NeedsChangedSettings.Usual;

    public override int MemoryDays(ValueModel model) => NeedsChangedSettings.Of(model).Days;

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 75,
            Message = Id,
            Goal = new Goal(Floor: true),
            GoalDays = 30,
            CooldownDays = 60,
            Alert = RiskLevel.Healthy,
        };

    internal override object ReadSettings(ObjectReader cause) => NeedsChangedSettings.Read(cause);
}
