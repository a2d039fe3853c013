using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Makes an API token in the place of another, which stays valid for some hours; tells the new one this once.</summary>
internal sealed class RotateTokenForm(NamedTokens tokens, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        int hours = SecretParts.HoursOf(request, NamedTokens.LongestRotation);
        try
        {
            if (await tokens.RotateAsync(request.Id, TimeSpan.FromHours(hours), request.Cancellation) is not { } made)
                return new FormAnswer(PipelineAddresses.Tokens, TokenWords.Gone(request.Reader)) { IsProblem = true };
            await audit.WriteAsync(TokenAudit.Rotated(clock.GetUtcNow(), request.Who, made.Token, hours), request.Cancellation);
            return new FormAnswer(PipelineAddresses.Tokens, TokenWords.ToldOnce(request.Reader, made));
        }
        catch (NamedTokenException refusal)
        {
            return new FormAnswer(PipelineAddresses.Tokens, TokenWords.Refused(request.Reader, refusal)) { IsProblem = true };
        }
    }
}
