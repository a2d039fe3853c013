using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.FeaturesUnused;

/// <summary>All that is particular to <c>features-unused</c>; when it holds is for <see cref="FeaturesUnusedRule"/> to say.</summary>
public sealed class FeaturesUnusedCause : Cause
{
    public override string Id => CauseIds.FeaturesUnused;

    public override Phrase Name { get; } = Phrase.Of("Paid features unused");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"Which of these did they buy the plan for?"), Phrase.Of($"What would have to be true for them to use it this month?")];

    public override Phrase Topic { get; } = Phrase.Of("what your plan holds");

    public override double Score => 0.44;

    public override Curve Evidence { get; } = Curve.Line(0.4, 0, 1);

    public override bool IsOffer => true;

    public override IAccountRule AccountRule { get; } = new FeaturesUnusedRule();

    public override object UsualSettings => FeaturesUnusedSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = FeaturesUnusedSettings.Of(model);
        return Math.Max(settings.Days, settings.AgeDays);
    }

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 30,
            Message = Id,
            To = Audience.Champion,
            Goal = new Goal(Feature: Goal.Any),
            GoalDays = 30,
            CooldownDays = 60,
        };

    internal override object ReadSettings(ObjectReader cause) => FeaturesUnusedSettings.Read(cause);
}
