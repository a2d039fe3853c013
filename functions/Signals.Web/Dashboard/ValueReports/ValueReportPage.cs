using System.Globalization;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.ValueReports;
using Signals.Core.State.Identity;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.ValueReports;

namespace Signals.Web.Dashboard.ValueReports;

/// <summary>
/// A value report before it goes out: exactly what the customer would read, who approves it, and the reports that went with their links.
/// </summary>
internal sealed class ValueReportPage(
    ValueReportReader reports,
    ReportBook book,
    ReportTokens tokens,
    PublicAddress address,
    Core.Model.ValueModel model
) : IDashboardPage
{
    public const string NoteField = "note";
    public const string DaysField = "days";
    public const string QuarterField = "quarter";
    public const string LanguageField = "language";
    public const string RowField = "report";

    /// <summary>The fingerprint of what was read.</summary>
    public const string SeenField = "seen";

    public const int MaxNoteChars = 1200;

    public static readonly string[] DaysChoices = ["14", "30", "90"];

    public static string Address(string account) => Links.Account(account) + "/report";

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var (quarter, language) = Read(request);
        var draft = await reports.ReadAsync(request.Route("id"), quarter, language, request.Cancellation);
        var approved = await book.ReadAsync(draft.Key, request.Cancellation);
        string id = draft.Account.Id,
            title = reader.Say($"Value report of {draft.Context.Facts.Name}");
        var customer = ReportEndpoints.ReaderOf(draft.Report, model, reader.Now);
        Html paper = ReportHtml.Of(ReportText.Of(customer, draft.Report), level: 2);
        return new DashboardPage(
            title,
            $"""
            {Heading.Back(Links.Account(id), draft.Context.Facts.Name)}
            {Heading.Of(
                $"{reader.Say("Value report of")} {Html.Isolated(draft.Context.Facts.Name)}",
                Html.Of(
                    $"{reader.Say("What the customer may read of it, and nothing else. It goes out once somebody has approved it.")}"))}
            {Chooser(reader, draft)}
            {Sent(reader, draft, approved)}
            <section><h2>{reader.Say("As the customer would read it")}</h2>
            <div class="paper" lang="{draft.Report.Language}">{paper}</div></section>
            {Approve(reader, draft)}
            """
        );
    }

    /// <summary>Throws <see cref="ApiRefusal"/> for what no form of ours sends.</summary>
    public static (Quarter? Quarter, string? Language) Read(PageRequest request)
    {
        string? text = request.One(QuarterField);
        var quarter = Quarter.Parse(text);
        if (text is { Length: > 0 } && quarter is null)
            throw ApiRefusal.BadParameter(QuarterField, text, "a quarter, such as 2026-Q3");
        return (quarter, Query.OneOf(request.Http, LanguageField, ValueReportReader.Languages));
    }

    private static Html Chooser(Reader reader, ReportDraft draft)
    {
        var quarters = draft.Quarters.Select(quarter =>
            (quarter.ToString(), reader.Say($"quarter|Q{quarter.Number} {quarter.Year.ToString(CultureInfo.InvariantCulture)}"))
        );
        var languages = ValueReportReader.Languages.Select(code => (code, Language.Of(code).Name));
        return $"""
            <form method="get" action="{Address(draft.Account.Id)}" class="filters">
            {Forms.Form.Select(QuarterField, reader.Say("Quarter"), draft.Quarter.ToString(), quarters)}
            {Forms.Form.Select(LanguageField, reader.Say("Language"), draft.Report.Language, languages)}
            <button type="submit" class="second">{reader.Say("Show")}</button></form>
            """;
    }

    private Html Sent(Reader reader, ReportDraft draft, IReadOnlyList<ApprovedReport> approved)
    {
        if (approved.Count == 0)
            return Html.Empty;
        return $"""
            <section><h2>{reader.Say("Approved")}</h2>
            <ul class="list reports">{approved.Select(report => Row(reader, draft, report))}</ul></section>
            """;
    }

    private Html Row(Reader reader, ReportDraft draft, ApprovedReport report)
    {
        string account = draft.Account.Id;
        Html pdf = ReportFonts.Exist
            ? Html.Of(
                $"""
                <a href="{Links.With(Address(account) + ".pdf", (RowField, report.Row))}" download>{reader.Say(
                    "PDF")}<span class="unseen"> {report.Report.Quarter}</span></a>
                """
            )
            : Html.Of(
                $"""
                <span class="quiet">{reader.Say("No font was found for a PDF: open the link and save it as one.")}</span>
                """
            );
        Html link =
            report.Ends > reader.Now
                ? Html.Of(
                    $"""
                    <label class="field"><span>{reader.SayHtml($"Link for the customer, until {reader.TimeDay(report.Ends)}")}</span>
                    <input readonly value="{LinkOf(draft.Key, report)}"></label>
                    """
                )
                : Html.Of($"""<p class="line quiet">{reader.Say("Its link has ended.")}</p>""");
        Html withdraw = reader.May(DashboardRole.Manager)
            ? Forms.Form.Post(
                reader,
                Address(account) + "/withdraw",
                $"""
                {Forms.Form.Hidden(RowField, report.Row)}<button type="submit" class="second">{reader.Say(
                    "Take it back")}<span class="unseen"> {report.Report.Quarter}</span></button>
                """
            )
            : Html.Empty;
        return $"""
            <li><p><strong>{report.Report.Quarter}</strong> · {reader.SayHtml(
                $"approved by {reader.Who(report.By)} {reader.TimeAgo(report.At)}")} · {pdf}</p>{link}{withdraw}</li>
            """;
    }

    private string LinkOf(AccountKey account, ApprovedReport report) =>
        $"{address.Url}/reports/{tokens.Sign(new ReportToken(account.Value, report.Row, report.Ends))}";

    private static Html Approve(Reader reader, ReportDraft draft)
    {
        if (!reader.May(DashboardRole.Manager))
            return Html.Empty;
        var days = DaysChoices.Select(days => (days, reader.Count(int.Parse(days), "{0} day", "{0} days")));
        Html fields = $"""
            {Forms.Form.Hidden(QuarterField, draft.Quarter.ToString())}{Forms.Form.Hidden(
                LanguageField,
                draft.Report.Language
            )}{Forms.Form.Hidden(SeenField, draft.Fingerprint)}
            <label class="field"><span>{reader.Say("A word from us, which stands first; empty for none")}</span>
            <textarea name="{NoteField}" maxlength="{MaxNoteChars}"></textarea></label>
            {Forms.Form.Select(DaysField, reader.Say("The link works for"), "30", days)}
            {Forms.Form.Button(reader.Say("Approve it for the customer"))}
            """;
        return $"""
            <section class="approve"><h2>{reader.Say("Approve")}</h2>
            <p class="lead">{reader.Say(
                "Read it as they would. What you approve is kept as it stands, and the link shows that and nothing newer.")}</p>
            {Forms.Form.Post(reader, Address(draft.Account.Id) + "/approve", fields)}</section>
            """;
    }
}
