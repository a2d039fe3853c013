using Signals.Core.Daily.Erasure;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.People;

/// <summary>Erases a person.</summary>
internal sealed class ErasePersonForm(ErasuresApi erasures, ErasureDesk desk) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        string id = request.Text(PersonPage.IdField, PersonPage.MaxIdChars);
        if (!EraseBox.IsConfirmed(request, id))
            return new FormAnswer(PersonPage.Of(id), EraseBox.NotConfirmed(request.Reader)) { IsProblem = true };
        var wish = await erasures.WishOfAsync(id, request.Cancellation) ?? throw ApiRefusal.NotFound("person", id);
        await desk.AskAsync(wish, request.Who, request.Cancellation);
        return new FormAnswer(ErasuresPage.Path, EraseBox.Done(request.Reader));
    }
}
