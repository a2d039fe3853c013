using System.Globalization;
using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Revenue;
using Signals.Core.Model;
using Signals.Web.Api;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>The tables of the page about money, each as a file: months, cohorts, renewals, expansion.</summary>
internal sealed class RevenueDownload(MeasurePass pass, AccountPages pages, ExpansionTable expansions) : IDashboardDownload
{
    private static readonly string[] Tables = ["months", "cohorts", "renewals", "expansion"];

    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        string table = Query.OneOf(request.Http, "table", Tables) ?? Tables[0];
        var revenue = await pass.ReadRevenueAsync(request.Cancellation);
        await (
            table switch
            {
                "cohorts" => CohortsAsync(reader, response, revenue?.Cohorts ?? []),
                "renewals" => RenewalsAsync(request, response),
                "expansion" => ExpansionAsync(reader, response, revenue?.Expansions ?? []),
                _ => MonthsAsync(reader, response, revenue?.Months ?? []),
            }
        );
    }

    private static async Task MonthsAsync(Reader reader, HttpResponse response, IReadOnlyList<RevenuePeriod> months)
    {
        await using var file = await CsvFile.BeginAsync(
            response,
            "revenue-months",
            reader.Language,
            reader.Say("month"),
            reader.Say("customers at the start"),
            reader.Say("paid at the start"),
            reader.Say("money|gone"),
            reader.Say("paid less"),
            reader.Say("paid more"),
            reader.Say("new, left out"),
            reader.Say("gross retention"),
            reader.Say("gross, low"),
            reader.Say("gross, high"),
            reader.Say("net retention"),
            reader.Say("net, low"),
            reader.Say("net, high")
        );
        foreach (var month in months)
        {
            await file.RowAsync(
                MonthOf(month.From),
                month.Customers,
                month.Start,
                month.Churned,
                month.Contracted,
                month.Expanded,
                month.Added,
                month.Gross.Share,
                month.Gross.Low,
                month.Gross.High,
                month.Net.Share,
                month.Net.Low,
                month.Net.High
            );
        }
    }

    private static async Task CohortsAsync(Reader reader, HttpResponse response, IReadOnlyList<RevenueCohort> cohorts)
    {
        await using var file = await CsvFile.BeginAsync(
            response,
            "revenue-cohorts",
            reader.Language,
            reader.Say("began in"),
            reader.Say("customers at its end"),
            reader.Say("months since"),
            reader.Say("gross, a month"),
            reader.Say("net, a month"),
            reader.Say("gross retention"),
            reader.Say("gross, low"),
            reader.Say("gross, high"),
            reader.Say("net retention"),
            reader.Say("net, low"),
            reader.Say("net, high")
        );
        foreach (var cohort in cohorts)
        {
            for (int month = 0; month < cohort.Net.Count; month++)
            {
                await file.RowAsync(
                    cohort.Month is { } first ? MonthOf(first) : RevenueRetention.NameOf(reader, cohort),
                    cohort.Customers,
                    month,
                    cohort.Gross[month],
                    cohort.Net[month],
                    cohort.GrossShares[month].Share,
                    cohort.GrossShares[month].Low,
                    cohort.GrossShares[month].High,
                    cohort.NetShares[month].Share,
                    cohort.NetShares[month].Low,
                    cohort.NetShares[month].High
                );
            }
        }
    }

    private async Task RenewalsAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        await using var file = await CsvFile.BeginAsync(
            response,
            "renewals",
            reader.Language,
            "id",
            reader.Say("name"),
            reader.Say("renewal"),
            reader.Say("price a month"),
            reader.Say("level"),
            "score",
            reader.Say("manager"),
            "cause",
            reader.Say("evidence")
        );
        var query = new AccountQuery([])
        {
            Csm = request.One("csm"),
            Order = AccountOrder.Renewal,
            Today = reader.Today,
            Until = reader.Today.AddDays(RevenueSurvey.RenewalDays),
        };
        await foreach (var account in pages.AllAsync(query, request.Cancellation))
        {
            var cause = account.Causes.Count > 0 ? account.Causes[0] : null;
            await file.RowAsync(
                account.Id,
                account.Name,
                account.RenewalAt,
                account.Price,
                account.Level.Name(),
                account.Score,
                account.Csm,
                cause?.Id,
                cause is null ? null : reader.Say(cause.Evidence)
            );
        }
    }

    private async Task ExpansionAsync(Reader reader, HttpResponse response, IReadOnlyList<ExpansionAccount> accounts)
    {
        await using var file = await CsvFile.BeginAsync(
            response,
            "expansion",
            reader.Language,
            "id",
            reader.Say("name"),
            reader.Say("plan"),
            reader.Say("price a month"),
            reader.Say("manager"),
            reader.Say("sign"),
            reader.Say("evidence")
        );
        foreach (var account in accounts)
        {
            foreach (var sign in account.Signs)
                await file.RowAsync(
                    account.Id,
                    account.Name,
                    account.Plan,
                    account.Price,
                    account.Csm,
                    sign.Kind,
                    expansions.Words(reader, sign)
                );
        }
    }

    private static string MonthOf(DateOnly first) => first.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
