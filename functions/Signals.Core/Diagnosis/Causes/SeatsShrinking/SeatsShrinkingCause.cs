using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.SeatsShrinking;

/// <summary>All that is particular to <c>seats-shrinking</c>; when it holds is for <see cref="SeatsShrinkingRule"/> to say.</summary>
public sealed class SeatsShrinkingCause : Cause
{
    public override string Id => CauseIds.SeatsShrinking;

    public override Phrase Name { get; } = Phrase.Of("Seats shrinking");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"Did the team shrink, or its use?"), Phrase.Of($"Who was it bought for?")];

    public override Phrase Topic { get; } = Phrase.Of("unused seats");

    public override double Score => 0.6;

    public override Curve Evidence { get; } = Curve.Line(1.2, 0, 1);

    public override bool IsOffer => true;

    public override IAccountRule AccountRule { get; } = new SeatsShrinkingRule();

    public override object UsualSettings => SeatsShrinkingSettings.Usual;

    public override int MemoryDays(ValueModel model) => SeatsShrinkingSettings.Of(model).Days + model.Value.Floor.Days;

    /// <summary>Of each person it is kept whether they were active so long ago.</summary>
    public override int PersonMemoryDays(ValueModel model) => MemoryDays(model);

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 35,
            Message = Id,
            To = Audience.Admin,
            Goal = new Goal(Floor: true),
            GoalDays = 30,
            CooldownDays = 60,
        };

    internal override object ReadSettings(ObjectReader cause) => SeatsShrinkingSettings.Read(cause);
}
