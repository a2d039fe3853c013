using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Ends an API token.</summary>
internal sealed class EndTokenForm(NamedTokens tokens, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        if (await tokens.EndAsync(request.Id, request.Cancellation) is not { } ended)
            return new FormAnswer(PipelineAddresses.Tokens, TokenWords.Gone(request.Reader)) { IsProblem = true };
        await audit.WriteAsync(TokenAudit.Ended(clock.GetUtcNow(), request.Who, ended), request.Cancellation);
        return new FormAnswer(PipelineAddresses.Tokens, request.Reader.Say($"The token “{ended.Name}” is ended."));
    }
}
