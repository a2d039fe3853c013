using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Doctor;

/// <summary>What a model lacks before it may write to anybody.</summary>
internal sealed class ModelCheck(ValueModel model) : IDoctorCheck
{
    public bool AsksTheNetwork => false;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>([.. Findings()]);

    private IEnumerable<DoctorFinding> Findings()
    {
        var subject = Phrase.Of("Value model");
        yield return DoctorFinding.Good(
            subject,
            model.Outreach.Mode == OutreachMode.Live
                ? Phrase.Of($"{Phrase.Same(model.Product)}, live: mail is sent.")
                : Phrase.Of($"{Phrase.Same(model.Product)}, in dry-run: everything is decided and shown, nothing is sent.")
        );
        bool isLive = model.Outreach.Mode == OutreachMode.Live;
        if (model.Outreach.From.Email.EndsWith("@localhost", StringComparison.OrdinalIgnoreCase))
            yield return Missing(isLive, subject, Phrase.Of("outreach.from is not given: customers should see an address of yours."));
        if (model.Outreach.PostalAddress is null)
            yield return DoctorFinding.Hint(
                subject,
                Phrase.Of("outreach.postalAddress is not given: many countries require one in mail to customers.")
            );
        if (model.Alerts.To.Count == 0)
            yield return DoctorFinding.Hint(
                subject,
                Phrase.Of("alerts.to is empty: accounts without a manager of their own alert nobody, and nobody gets the weekly report.")
            );
        if (model.Churn.Events.Count == 0)
            yield return DoctorFinding.Hint(
                subject,
                Phrase.Of(
                    "churn.events is empty: nothing says who left, so that no backtest or calibration can tell whether flags are right."
                )
            );
    }

    private static DoctorFinding Missing(bool isLive, Phrase subject, Phrase text) =>
        isLive ? DoctorFinding.Wrong(subject, text) : DoctorFinding.Hint(subject, text);
}
