using Signals.Core.Intake.WriteAccess;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Says where a write key lives, and so what is believed of those who send with it.</summary>
internal sealed class KeyKindForm(WriteKeyRows rows, WriteKeys keys, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var kind = KeyWords.KindOf(request);
        if (await rows.SetKindAsync(request.Id, kind, request.Cancellation) is not { } changed)
            return new FormAnswer(PipelineAddresses.Keys, KeyWords.Gone(request.Reader)) { IsProblem = true };
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "key.kind", changed.Name, $"…{changed.End}, {kind.Name()}"),
            request.Cancellation
        );
        await keys.RefreshAsync(request.Cancellation);
        return new FormAnswer(
            PipelineAddresses.Keys,
            request.Reader.Say($"The key “{changed.Name}” is a {KeyWords.Kind(request.Reader, kind)} key now.")
        );
    }
}
