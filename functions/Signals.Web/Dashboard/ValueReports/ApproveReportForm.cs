using System.Globalization;
using Signals.Core.Response.ValueReports;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.ValueReports;

/// <summary>Approves a value report as it stands now: from then on its link shows it.</summary>
internal sealed class ApproveReportForm(ValueReportReader reports, ReportBook book, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string days = request.Text(ValueReportPage.DaysField, most: 4),
            note = request.Text(ValueReportPage.NoteField, ValueReportPage.MaxNoteChars).Trim(),
            language = request.Text(ValueReportPage.LanguageField, most: 8),
            quarter = request.Text(ValueReportPage.QuarterField, most: 8);
        if (!ValueReportPage.DaysChoices.Contains(days, StringComparer.Ordinal))
            throw ApiRefusal.BadParameter(ValueReportPage.DaysField, days, string.Join(", ", ValueReportPage.DaysChoices));
        if (!ValueReportReader.Languages.Contains(language, StringComparer.Ordinal))
            throw ApiRefusal.BadParameter(ValueReportPage.LanguageField, language, string.Join(", ", ValueReportReader.Languages));
        if (Quarter.Parse(quarter) is not { } told)
            throw ApiRefusal.BadParameter(ValueReportPage.QuarterField, quarter, "a quarter, such as 2026-Q3");
        var draft = await reports.ReadAsync(request.Route("id"), told, language, request.Cancellation);
        if (request.Text(ValueReportPage.SeenField, most: 16) != draft.Fingerprint)
            return new FormAnswer(
                Links.With(
                    ValueReportPage.Address(draft.Account.Id),
                    (ValueReportPage.QuarterField, quarter),
                    (ValueReportPage.LanguageField, language)
                ),
                reader.Say("The report has changed since you read it: this is how it stands now. Nothing was approved.")
            )
            {
                IsProblem = true,
            };
        var now = clock.GetUtcNow();
        var approved = new ApprovedReport(
            ReportBook.RowOf(now),
            now,
            request.Who,
            now.AddDays(int.Parse(days, CultureInfo.InvariantCulture)),
            draft.Report with
            {
                Note = note,
            }
        );
        await book.SaveAsync(draft.Key, approved, request.Cancellation);
        await audit.WriteAsync(
            new AuditEntry(now, request.Who, "report.approved", draft.Account.Id, $"{told}, {language}, {days} days"),
            request.Cancellation
        );
        return new FormAnswer(ValueReportPage.Address(draft.Account.Id), reader.Say("The report is approved. Its link is below."));
    }
}
