using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.Delight;

/// <summary>All that is particular to <c>delight</c>; when it holds is for <see cref="DelightRule"/> to say.</summary>
public sealed class DelightCause : Cause
{
    public override string Id => CauseIds.Delight;

    public override Phrase Name { get; } = Phrase.Of("Delight");

    public override IReadOnlyList<Phrase> Questions { get; } = [Phrase.Of($"What went so well?"), Phrase.Of($"Would they tell others?")];

    public override Phrase Topic { get; } = Phrase.Of("thanks and invitations");

    public override double Score => 0.04;

    public override Curve Evidence { get; } = Curve.Line(-0.6, 0, 1);

    public override bool IsPraise => true;

    public override IPersonRule PersonRule { get; } = new DelightRule();

    public override object UsualSettings => DelightSettings.Usual;

    public override int MemoryDays(ValueModel model) => DelightSettings.Of(model).Days + DelightRule.BaselineDays;

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 0,
            Message = Id,
            GoalDays = 30,
            CooldownDays = 180,
            Alert = null,
        };

    internal override object ReadSettings(ObjectReader cause) => DelightSettings.Read(cause);
}
