namespace Signals.Web.Dashboard.Forms;

/// <summary>
/// What a form does. It is only asked when the sender's role, the form's token and its origin are right; what it changes it writes into the
/// audit trail.
/// </summary>
internal interface IDashboardForm
{
    /// <summary>Throws <see cref="Api.ApiRefusal"/> when there is no such thing, or the fields are none of ours.</summary>
    Task<FormAnswer> PostAsync(FormRequest request);
}
