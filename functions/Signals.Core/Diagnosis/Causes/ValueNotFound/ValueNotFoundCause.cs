using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.ValueNotFound;

/// <summary>All that is particular to <c>value-not-found</c>; when it holds is for <see cref="ValueNotFoundRule"/> to say.</summary>
public sealed class ValueNotFoundCause : Cause
{
    public override string Id => CauseIds.ValueNotFound;

    public override Phrase Name { get; } = Phrase.Of("Value not found");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"What did they come to do?"), Phrase.Of($"Where did they look for it?")];

    public override Phrase Topic { get; } = Phrase.Of("finding your way");

    public override double Score => 0.63;

    public override Curve Evidence { get; } = Curve.Line(1.3, 0, 1);

    public override bool IsForBeginners => true;

    public override IPersonRule PersonRule { get; } = new ValueNotFoundRule();

    public override bool ProposesFeature => true;

    public override object UsualSettings => ValueNotFoundSettings.Usual;

    public override int MemoryDays(ValueModel model) => Math.Max(ValueNotFoundSettings.Of(model).AfterDays, model.Value.Floor.Days);

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 60,
            Message = Id,
            Goal = new Goal(Floor: true),
        };

    internal override object ReadSettings(ObjectReader cause) => ValueNotFoundSettings.Read(cause);
}
