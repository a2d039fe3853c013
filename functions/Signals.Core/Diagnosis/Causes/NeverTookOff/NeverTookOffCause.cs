using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.NeverTookOff;

/// <summary>All that is particular to <c>never-took-off</c>; when it holds is for <see cref="NeverTookOffRule"/> to say.</summary>
public sealed class NeverTookOffCause : Cause
{
    public override string Id => CauseIds.NeverTookOff;

    public override Phrase Name { get; } = Phrase.Of("Never took off");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of($"What did they want to achieve by now?"),
        Phrase.Of($"Have they a plan, the people, and the time?"),
        Phrase.Of($"What changed since they bought it?"),
    ];

    public override Phrase Topic { get; } = Phrase.Of("first results");

    public override double Score => 0.65;

    public override Curve Evidence { get; } = Curve.Line(1.2, 0, 1);

    public override bool IsForBeginners => true;

    public override IAccountRule AccountRule { get; } = new NeverTookOffRule();

    public override bool ProposesFeature => true;

    public override object UsualSettings => NeverTookOffSettings.Usual;

    public override int MemoryDays(ValueModel model) => 0;

    /// <summary>It is told by the days since the start. Who took off once has, whatever follows.</summary>
    public override int ForgottenOn(AccountContext context)
    {
        var settings = NeverTookOffSettings.Of(context.Model);
        return context.People.EverActive < settings.Share * context.People.Reviewed ? (context.StartDay ?? 0) + settings.ForgetDays : 0;
    }

    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 50,
            Message = Id,
            To = Audience.Champion,
            Goal = new Goal(Floor: true),
            GoalDays = 30,
            CooldownDays = 60,
        };

    internal override object ReadSettings(ObjectReader cause) => NeverTookOffSettings.Read(cause);
}
