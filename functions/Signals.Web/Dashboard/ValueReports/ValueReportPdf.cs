using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Core.Response.ValueReports;
using Signals.Web.Api;
using Signals.Web.ValueReports;

namespace Signals.Web.Dashboard.ValueReports;

/// <summary>An approved value report as a PDF, to be handed out; a draft is none.</summary>
internal sealed class ValueReportPdf(AccountFinder finder, ReportBook book, ValueModel model) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var account = await finder.GetAsync(request.Route("id"), request.Cancellation);
        string row = request.One(ValueReportPage.RowField) ?? "";
        if (!ReportFonts.Exist || await book.FindAsync(account.Key, row, request.Cancellation) is not { } approved)
            throw new ApiRefusal(StatusCodes.Status404NotFound, "There is no such approved report.");
        byte[] pdf = ReportEndpoints.PdfOf(ReportEndpoints.ReaderOf(approved.Report, model, request.Reader.Now), approved.Report);
        response.ContentType = "application/pdf";
        response.ContentLength = pdf.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"report-{approved.Report.Quarter}.pdf\"";
        await response.Body.WriteAsync(pdf, request.Cancellation);
    }
}
