using Signals.Core.Intake.WriteAccess;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Makes a write key in the place of another, which stays valid for some hours; tells the new one this once.</summary>
internal sealed class RotateKeyForm(WriteKeyRows rows, WriteKeys keys, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        int hours = SecretParts.HoursOf(request, WriteKeyRows.LongestRotation);
        if (await rows.RotateAsync(request.Id, TimeSpan.FromHours(hours), request.Cancellation) is not { } made)
            return new FormAnswer(PipelineAddresses.Keys, KeyWords.Gone(request.Reader)) { IsProblem = true };
        await audit.WriteAsync(
            new AuditEntry(
                clock.GetUtcNow(),
                request.Who,
                "key.rotated",
                made.Key.Name,
                $"…{made.Key.End}; the old key ends in {hours} hours"
            ),
            request.Cancellation
        );
        await keys.RefreshAsync(request.Cancellation);
        return new FormAnswer(PipelineAddresses.Keys, KeyWords.ToldOnce(request.Reader, made));
    }
}
