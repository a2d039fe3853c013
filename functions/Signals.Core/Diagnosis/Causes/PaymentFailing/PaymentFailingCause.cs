using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.PaymentFailing;

/// <summary>All that is particular to <c>payment-failing</c>; when it holds is for <see cref="PaymentFailingRule"/> to say.</summary>
public sealed class PaymentFailingCause : Cause
{
    public override string Id => CauseIds.PaymentFailing;

    public override Phrase Name { get; } = Phrase.Of("Payment failing");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [Phrase.Of($"Do they know that the payment failed?"), Phrase.Of($"Who pays the bills there?")];

    public override Phrase Topic { get; } = Phrase.Of("payments that did not go through");

    public override double Score => 0.75;

    public override Curve Evidence { get; } = Curve.Line(3.4, 0, 1);

    public override bool IsNotice => true;

    public override bool IsFelt => true;

    public override IAccountRule AccountRule { get; } = new PaymentFailingRule();

    public override object UsualSettings => PaymentFailingSettings.Usual;

    public override int MemoryDays(ValueModel model)
    {
        var settings = PaymentFailingSettings.Of(model);
        return Math.Max(settings.ForgetDays, (int)Math.Ceiling(settings.GraceHours / 24));
    }

    /// <remarks>It has worked when the first of the events that mean recovery has come.</remarks>
    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 100,
            Message = Id,
            FollowUp = new FollowUp($"{Id}-again"),
            To = Audience.Admin,
            CooldownDays = 7,
            Alert = RiskLevel.Watch,
            Goal = billing.Recovered.Count > 0 ? new Goal(Event: billing.Recovered[0]) : null,
        };

    internal override object ReadSettings(ObjectReader cause) => PaymentFailingSettings.Read(cause);
}
