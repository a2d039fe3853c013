using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.UsageDrop;

/// <summary>All that is particular to <c>usage-drop</c>; when it holds is for <see cref="UsageDropRule"/> to say.</summary>
public sealed class UsageDropCause : Cause
{
    public override string Id => CauseIds.UsageDrop;

    public override Phrase Name { get; } = Phrase.Of("Usage drop");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of($"Is the person who championed it still there?"),
        Phrase.Of($"Has a bigger priority come up?"),
        Phrase.Of($"Do they have the people and time they had before?"),
    ];

    public override Phrase Topic { get; } = Phrase.Of("changes in what you use");

    public override double Score => 0.74;

    // A fall says little; one to next to nothing, sure and fresh, is by reason another matter, the more so when all fell.
    public override Curve Evidence { get; } = Curve.Of((0, 0), (0.75, 0.5), (0.95, 2), (1, 2.6));

    public override bool IsFelt => true;

    public override IAccountRule AccountRule { get; } = new UsageDropRule();

    public override object UsualSettings => UsageDropSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = UsageDropSettings.Of(model);
        return Math.Max(settings.ForgetDays, settings.Days + settings.BaselineDays);
    }

    /// <summary>Who comes once a quarter is asked about longer than who comes every day.</summary>
    public override int ForgottenOn(AccountContext context) => RhythmDrop.ForgottenOn(context, UsageDropSettings.Of(context.Model));

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
