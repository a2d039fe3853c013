using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes.Friction;

/// <summary>All that is particular to <c>friction</c>; when it holds is for <see cref="FrictionRule"/> to say.</summary>
public sealed class FrictionCause : Cause
{
    public override string Id => CauseIds.Friction;

    public override Phrase Name { get; } = new("Friction", "Obstacles");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of($"Is it fixed, and do they know?", $"Est-ce corrigé, et le savent-ils ?"),
        Phrase.Of($"What did it cost them?", $"Qu’est-ce que cela leur a coûté ?"),
    ];

    public override Phrase Topic { get; } = new("things that got in your way", "ce qui vous a gêné");

    public override double Score => 0.6;

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
