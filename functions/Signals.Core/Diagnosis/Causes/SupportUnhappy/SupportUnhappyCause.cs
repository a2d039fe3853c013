using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Causes.SupportUnhappy;

/// <summary>All that is particular to <c>support-unhappy</c>; when it holds is for <see cref="SupportUnhappyRule"/> to say.</summary>
public sealed class SupportUnhappyCause : Cause
{
    public override string Id => CauseIds.SupportUnhappy;

    public override Phrase Name { get; } = Phrase.Of("Unhappy with support");

    public override IReadOnlyList<Phrase> Questions { get; } =
    [
        Phrase.Of($"Has a person answered, and did that solve it?"),
        Phrase.Of($"What would make it right?"),
        Phrase.Of($"What keeps coming back, and who mends it for good?"),
    ];

    public override Phrase Topic { get; } = Phrase.Of("our support");

    public override double Score => 0.65;

    public override Curve Evidence { get; } = Curve.Of((0, 0), (0.6, 0.9), (0.9, 2.6), (1, 2.8));

    public override bool IsNotice => true;

    public override bool IsFelt => true;

    public override IAccountRule AccountRule { get; } = new SupportUnhappyRule();

    public override object UsualSettings => SupportUnhappySettings.Usual;

    public override int MemoryDays(ValueModel model) =>
        Math.Max(
            Math.Max(SupportUnhappySettings.Of(model).Days, SupportUnhappySettings.Of(model).TicketDays),
            (int)Math.Ceiling(model.Tickets.LongestHours / 24 * (model.Tickets.WorkingTime ? 7 / 5.0 : 1))
                + (model.Tickets.WorkingTime ? 2 : 0)
        );

    /// <remarks>
    /// Someone unhappy is answered by a person, soon: a template would be one more thing that went wrong. Who had the same trouble again
    /// and again had their answers; they are called, by somebody who can say when it is mended for good.
    /// </remarks>
    public override Playbook PlaybookFor(BillingDefinition billing) =>
        new()
        {
            Cause = Id,
            Priority = 95,
            Message = null,
            CooldownDays = 14,
            Alert = RiskLevel.Healthy,
        };

    internal override object ReadSettings(ObjectReader cause) => SupportUnhappySettings.Read(cause);
}
