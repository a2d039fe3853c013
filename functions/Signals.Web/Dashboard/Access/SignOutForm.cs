using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Access;

/// <summary>Ends the browser's session.</summary>
internal sealed class SignOutForm : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        await request.SignOutAsync();
        return new FormAnswer("/");
    }
}
