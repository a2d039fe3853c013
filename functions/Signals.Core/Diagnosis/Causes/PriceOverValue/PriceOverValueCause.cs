using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.PriceOverValue;

/// <summary>All that is particular to <c>price-over-value</c>; when it holds is for <see cref="PriceOverValueRule"/> to say.</summary>
public sealed class PriceOverValueCause : Cause
{
    public override string Id => CauseIds.PriceOverValue;

    public override Phrase Name { get; } = Phrase.Of("Price over value");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"What is it worth to them today?"), Phrase.Of($"Would another plan fit better?")];

    public override Phrase Topic { get; } = Phrase.Of("whether your plan fits");

    public override double Score => 0.4;

    public override Curve Evidence { get; } = Curve.Line(0.5, 0, 1);

    public override bool IsOffer => true;

    public override IAccountRule AccountRule { get; } = new PriceOverValueRule();

    public override bool ProposesFeature => true;

    public override object UsualSettings => PriceOverValueSettings.Usual;

    public override int MemoryDays(ValueModel model) => PriceOverValueSettings.Of(model).Days;

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 20,
            Message = Id,
            To = Audience.Admin,
            Goal = new Goal(Feature: Goal.Any),
            GoalDays = 30,
            CooldownDays = 90,
        };

    internal override object ReadSettings(ObjectReader cause) => PriceOverValueSettings.Read(cause);
}
