using Signals.Core.Processing.Reviews;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Account;

/// <summary>Reviews an account now.</summary>
internal sealed class ReviewForm(AccountFinder finder, ReviewService reviews, AuditLog audit) : IDashboardForm
{
    public static Html Button(Reader reader, AccountFile file) =>
        reader.May(DashboardRole.Manager)
            ? Form.Post(
                reader,
                Links.Account(file.Facts.Id) + "/review",
                $"""<button type="submit" class="second">{reader.Say("Review now")}</button>"""
            )
            : Html.Empty;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        var review = await reviews.ReviewAsync(account.Key, request.Cancellation);
        string address = Links.Account(account.Id);
        if (review is null)
            return new FormAnswer(address, reader.Say("This account is not reviewed: it belongs to no group.")) { IsProblem = true };
        await audit.WriteAsync(new AuditEntry(reader.Now, request.Who, "account.reviewed", account.Id), request.Cancellation);
        return new FormAnswer(address, reader.Say("Reviewed: what you see is how it is now."));
    }
}
