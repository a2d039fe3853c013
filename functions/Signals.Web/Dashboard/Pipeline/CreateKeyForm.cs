using Signals.Core.Intake.WriteAccess;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Makes a write key, and tells it this once.</summary>
internal sealed class CreateKeyForm(WriteKeyRows rows, WriteKeys keys, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    /// <summary>Longer names are refused in words that say so.</summary>
    private const int MaxFieldChars = 1000;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        try
        {
            var kind = KeyWords.KindOf(request);
            var made = await rows.CreateAsync(request.Text("name", MaxFieldChars), kind, request.Cancellation);
            await audit.WriteAsync(
                new AuditEntry(clock.GetUtcNow(), request.Who, "key.created", made.Key.Name, $"…{made.Key.End}, {kind.Name()}"),
                request.Cancellation
            );
            await keys.RefreshAsync(request.Cancellation);
            return new FormAnswer(PipelineAddresses.Keys, KeyWords.ToldOnce(request.Reader, made));
        }
        catch (WriteKeyException refusal)
        {
            return new FormAnswer(PipelineAddresses.Keys, KeyWords.Refused(request.Reader, refusal)) { IsProblem = true };
        }
    }
}
