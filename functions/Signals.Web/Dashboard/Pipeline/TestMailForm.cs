using Signals.Core.Platform.Addresses;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Doctor;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Sends a test mail to an address that an admin names.</summary>
internal sealed class TestMailForm(DoctorMessages messages, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public const string AddressField = "address";
    public const int MaxAddressChars = Mailbox.MaxChars;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string to = request.Text(AddressField, MaxAddressChars);
        if (Mailbox.Parse(to) is not { IsPlain: true } mailbox)
            return new FormAnswer(PipelineAddresses.Doctor, request.Reader.Say($"“{to}” is no mail address.")) { IsProblem = true };
        var finding = await messages.MailAsync(mailbox.Address, request.Reader.Language, request.Cancellation);
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "doctor.mailed", "test-mail"), request.Cancellation);
        return new FormAnswer(PipelineAddresses.Doctor, request.Reader.Say(finding.Text))
        {
            IsProblem = finding.Verdict == DoctorVerdict.Wrong,
        };
    }
}
