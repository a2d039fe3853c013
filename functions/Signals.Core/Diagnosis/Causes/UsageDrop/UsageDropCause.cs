using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;

namespace Signals.Core.Diagnosis.Causes.UsageDrop;

/// <summary>All that is particular to <c>usage-drop</c>; when it holds is for <see cref="UsageDropRule"/> to say.</summary>
public sealed class UsageDropCause : Cause
{
    public override string Id => CauseIds.UsageDrop;

    public override Phrase Name { get; } = new("Usage drop", "Chute d’usage");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of($"Is the person who championed it still there?", $"La personne qui le portait est-elle encore là ?"),
        Phrase.Of($"Has a bigger priority come up?", $"Une priorité plus grande est-elle apparue ?"),
        Phrase.Of($"Do they have the people and time they had before?", $"Ont-ils encore les personnes et le temps d’avant ?"),
    ];

    public override Phrase Topic { get; } = new("changes in what you use", "l’évolution de votre usage");

    public override double Score => 0.74;

    public override IAccountRule AccountRule { get; } = new UsageDropRule();

    public override object UsualSettings => UsageDropSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = UsageDropSettings.Of(model);
        return Math.Max(settings.ForgetDays, settings.Days + settings.BaselineDays);
    }

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 60,
            Message = Id,
            To = Audience.Champion,
            Goal = new Goal(Floor: true),
            GoalDays = 21,
            CooldownDays = 60,
        };

    internal override object ReadSettings(ObjectReader cause) => UsageDropSettings.Read(cause);
}
