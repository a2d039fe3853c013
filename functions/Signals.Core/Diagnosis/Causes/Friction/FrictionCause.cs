using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.Friction;

/// <summary>All that is particular to <c>friction</c>; when it holds is for <see cref="FrictionRule"/> to say.</summary>
public sealed class FrictionCause : Cause
{
    public override string Id => CauseIds.Friction;

    public override Phrase Name { get; } = Phrase.Of("Friction");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"Is it fixed, and do they know?"), Phrase.Of($"What did it cost them?")];

    public override Phrase Topic { get; } = Phrase.Of("things that got in your way");

    public override double Score => 0.6;

    public override Curve Evidence { get; } = Curve.Line(1.2, 0, 1);

    public override bool IsByDetail => true;

    public override bool IsFelt => true;

    public override IPersonRule PersonRule { get; } = new FrictionRule();

    public override object UsualSettings => FrictionSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = FrictionSettings.Of(model);
        return Math.Max(settings.BaselineDays, settings.WrittenDays);
    }

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 80,
            Message = Id,
            Goal = new Goal(Floor: true),
        };

    internal override object ReadSettings(ObjectReader cause) => FrictionSettings.Read(cause);
}
