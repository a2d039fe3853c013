using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Views;

/// <summary>Gives the list as it is filtered a name.</summary>
internal sealed class SaveViewForm(SavedViews views, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string name = request.Text(ViewBar.NameField, SavedView.MaxNameChars),
            query = request.Text(ViewBar.QueryField, SavedView.MaxQueryChars),
            address = request.ReturnTo(AccountFilters.Path);
        if (name.Length == 0 || name.Any(char.IsControl))
            return new FormAnswer(address, reader.Say("No view was saved: a name is needed, on one line.")) { IsProblem = true };
        if (LocalAddress.Of($"{AccountFilters.Path}?{query}", "").Length == 0)
            throw ApiRefusal.BadParameter(ViewBar.QueryField, query, "the query of an address of this site");
        bool shared = reader.User is null || request.IsTicked(ViewBar.SharedField);
        if (shared)
            query = ViewQuery.ForAll(query, reader);
        if (!await views.AddAsync(reader, name, query, shared, request.IsTicked(ViewBar.PinnedField), request.Cancellation))
            return new FormAnswer(address, reader.Say($"No view was saved: there are {SavedViews.MaxViews} already.")) { IsProblem = true };
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "view.saved", name, query), request.Cancellation);
        return new FormAnswer(address, reader.Say($"The view “{name}” is saved."));
    }
}

/// <summary>Pins a view, takes its pin, or removes it.</summary>
internal sealed class ChangeViewForm(SavedViews views, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    private const int MaxFieldChars = 60;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string id = request.Id,
            what = request.Text(ViewBar.DoField, MaxFieldChars),
            address = request.ReturnTo(AccountFilters.Path);
        var view = (await views.ListAsync(reader, request.Cancellation)).FirstOrDefault(known =>
            known.Id == id && (known.By == reader.Name || (known.IsShared && reader.May(DashboardRole.Admin)))
        );
        if (view is null)
            throw ApiRefusal.NotFound("view of yours", id);
        if (what == ViewBar.Remove)
        {
            await views.RemoveAsync(reader, view, request.Cancellation);
            await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, "view.removed", view.Name), request.Cancellation);
            return new FormAnswer(address, reader.Say($"The view “{view.Name}” is removed."));
        }
        await views.PinAsync(reader, view, what == ViewBar.Pin, request.Cancellation);
        return new FormAnswer(
            address,
            what == ViewBar.Pin ? reader.Say($"“{view.Name}” is pinned.") : reader.Say($"“{view.Name}” is no longer pinned.")
        );
    }
}
