using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.ChampionLeft;

/// <summary>All that is particular to <c>champion-left</c>; when it holds is for <see cref="ChampionLeftRule"/> to say.</summary>
public sealed class ChampionLeftCause : Cause
{
    public override string Id => CauseIds.ChampionLeft;

    public override Phrase Name { get; } = Phrase.Of("Champion left");

    public override IReadOnlyList<Phrase> Questions { get; } = [Phrase.Of($"Who uses it most now?"), Phrase.Of($"Who would miss it?")];

    public override Phrase Topic { get; } = Phrase.Of("taking over from a colleague");

    public override double Score => 0.7;

    public override Curve Evidence { get; } = Curve.Line(1.6, 0, 1);

    public override IAccountRule AccountRule { get; } = new ChampionLeftRule();

    public override bool ProposesFeature => true;

    public override object UsualSettings => ChampionLeftSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = ChampionLeftSettings.Of(model);
        return settings.SilentDays + settings.BaselineDays;
    }

    /// <summary>Of each person it is kept what they carried, and the signs that they left.</summary>
    public override int PersonMemoryDays(ValueModel model) => MemoryDays(model);

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 65,
            Message = Id,
            To = Audience.NextMostActive,
            Goal = new Goal(Floor: true),
            GoalDays = 30,
            CooldownDays = 90,
            Alert = RiskLevel.Watch,
        };

    internal override object ReadSettings(ObjectReader cause) => ChampionLeftSettings.Read(cause);
}
