using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Doctor;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Sends a test message to each chat webhook of the model.</summary>
internal sealed class TestChatForm(DoctorMessages messages, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var findings = await messages.ChatAsync(request.Reader.Language, request.Cancellation);
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "doctor.chatted", "test-message"), request.Cancellation);
        return new FormAnswer(PipelineAddresses.Doctor, string.Join(' ', findings.Select(finding => request.Reader.Say(finding.Text))))
        {
            IsProblem = findings.Any(finding => finding.Verdict == DoctorVerdict.Wrong),
        };
    }
}
