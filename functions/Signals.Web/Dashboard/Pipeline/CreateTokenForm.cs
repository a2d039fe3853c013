using System.Globalization;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Makes an API token, and tells it this once.</summary>
internal sealed class CreateTokenForm(NamedTokens tokens, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    /// <summary>Longer names are refused in words that say so.</summary>
    private const int MaxFieldChars = 1000;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var role = TokenWords.RoleOf(request);
        string text = request.Text("days", MaxFieldChars);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days))
            throw ApiRefusal.BadParameter("days", text, $"days, 1 to {NamedTokens.MaxDays}");
        try
        {
            var made = await tokens.CreateAsync(request.Text("name", MaxFieldChars), role, days, request.Cancellation);
            await audit.WriteAsync(TokenAudit.Created(clock.GetUtcNow(), request.Who, made.Token), request.Cancellation);
            return new FormAnswer(PipelineAddresses.Tokens, TokenWords.ToldOnce(request.Reader, made));
        }
        catch (NamedTokenException refusal)
        {
            return new FormAnswer(PipelineAddresses.Tokens, TokenWords.Refused(request.Reader, refusal)) { IsProblem = true };
        }
    }
}
