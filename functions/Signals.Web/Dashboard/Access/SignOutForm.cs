using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Access;

/// <summary>Ends the browser's session.</summary>
internal sealed class SignOutForm : IDashboardForm
{
    public Task<FormAnswer> PostAsync(FormRequest request)
    {
        request.SignOut();
        return Task.FromResult(new FormAnswer("/"));
    }
}
