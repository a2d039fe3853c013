using Signals.Core.Response.ValueReports;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.ValueReports;

/// <summary>Takes an approved value report back: its link shows nothing any more.</summary>
internal sealed class WithdrawReportForm(AccountFinder finder, ReportBook book, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    private const int MaxRowChars = 60;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string row = request.Text(ValueReportPage.RowField, MaxRowChars);
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        string back = ValueReportPage.Address(account.Id);
        if (await book.FindAsync(account.Key, row, request.Cancellation) is not { } report)
            return new FormAnswer(back, reader.Say("It was taken back already.")) { IsProblem = true };
        await book.WithdrawAsync(account.Key, row, request.Cancellation);
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "report.withdrawn", account.Id, report.Report.Quarter),
            request.Cancellation
        );
        return new FormAnswer(back, reader.Say("It is taken back: its link shows nothing any more."));
    }
}
