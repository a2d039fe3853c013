using Signals.Core.Intake.WriteAccess;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Ends a write key.</summary>
internal sealed class RevokeKeyForm(WriteKeyRows rows, WriteKeys keys, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        if (await rows.RevokeAsync(request.Id, request.Cancellation) is not { } ended)
            return new FormAnswer(PipelineAddresses.Keys, KeyWords.Gone(request.Reader)) { IsProblem = true };
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "key.revoked", ended.Name, $"…{ended.End}"),
            request.Cancellation
        );
        await keys.RefreshAsync(request.Cancellation);
        return new FormAnswer(PipelineAddresses.Keys, request.Reader.Say($"The key “{ended.Name}” is revoked."));
    }
}
