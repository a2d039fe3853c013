using System.Globalization;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Makes a write key in the place of another, which stays valid for some hours; tells the new one this once.</summary>
internal sealed class RotateKeyForm(WriteKeyRows rows, WriteKeys keys, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    private const int MaxFieldChars = 100;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string text = request.Text("hours", MaxFieldChars);
        if (
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            || hours > WriteKeyRows.LongestRotation.TotalHours
        )
            throw ApiRefusal.BadParameter("hours", text, $"hours, 0 to {WriteKeyRows.LongestRotation.TotalHours:0}");
        if (await rows.RotateAsync(request.Text("id", MaxFieldChars), TimeSpan.FromHours(hours), request.Cancellation) is not { } made)
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
