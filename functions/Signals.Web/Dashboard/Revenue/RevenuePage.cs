using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Revenue;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>The money: what of it is at risk, what renews next, what became of it, and who could do with more.</summary>
internal sealed class RevenuePage(
    MeasurePass pass,
    AccountPages pages,
    AccountFacets facets,
    RenewalTable renewals,
    ExpansionTable expansions,
    PlanSunsetSections sunsets
) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var view = RevenueView.Of(request);
        var cancellation = request.Cancellation;
        string title = reader.Say("Revenue");
        string lead = reader.Say("What customers pay a month, what of it is at risk, what renews next, and who could do with more.");
        var measures = await pass.ReadAsync(cancellation);
        if (measures is null || await pass.ReadRevenueAsync(cancellation) is not { } revenue)
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{MeasuredAt.Of(reader, null)}");

        var next = await ReadRenewalsAsync(request, view, cancellation);
        var managers = await facets.ReadAsync(AccountFacets.Csm, cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Managers(reader, view, managers))}
            {MeasuredAt.Of(reader, measures)}
            {Standing(reader, revenue)}{StandingOf(reader, view, revenue)}
            {renewals.Of(reader, revenue, next, view)}
            {RevenueRetention.Of(reader, revenue, view)}
            {expansions.Of(reader, revenue)}
            {sunsets.Of(reader, revenue)}
            """
        );
    }

    private async Task<Page<AccountSummary>> ReadRenewalsAsync(PageRequest request, RevenueView view, CancellationToken cancellationToken)
    {
        var query = new AccountQuery([])
        {
            Csm = view.Csm,
            Order = AccountOrder.Renewal,
            Today = request.Reader.Today,
            Until = request.Reader.Today.AddDays(RevenueSurvey.RenewalDays),
        };
        return await pages.ReadAsync(query with { After = AccountPages.CursorOf(query).Read(request.Http) }, cancellationToken);
    }

    private static Html Standing(Reader reader, RevenueMeasures revenue)
    {
        var risky = revenue.AtRisk;
        string share = reader.Percent(revenue.Revenue > 0 ? risky.Price / revenue.Revenue : null);
        var figures = new List<Figure>
        {
            new(
                reader.Say("Paid a month"),
                reader.Money(Math.Round(revenue.Revenue)),
                reader.Count(revenue.Customers, "{0} paying customer", "{0} paying customers")
            ),
            new(
                reader.Say("At risk now"),
                reader.Money(Math.Round(risky.Price)),
                reader.Say($"{share} of it, {reader.Count(risky.Accounts, "{0} customer", "{0} customers")}")
            ),
        };
        if (revenue is { Expected: { } expected, HorizonDays: { } days })
            figures.Add(
                new Figure(
                    reader.Say($"Likely to go within {days} days"),
                    reader.Money(Math.Round(expected)),
                    reader.Say("price times chance, summed")
                )
            );
        double renews = revenue.Renewals.Sum(window => window.AtRisk.Price);
        figures.Add(
            new Figure(
                reader.Say($"At risk, renewing within {RevenueSurvey.RenewalDays} days"),
                reader.Money(Math.Round(renews)),
                reader.Say($"of {reader.Money(Math.Round(revenue.Renewals.Sum(window => window.All.Price)))} that renew")
            )
        );
        if (revenue.Latest is { } latest)
        {
            figures.Add(
                new Figure(reader.Say("Net retention, 30 days"), Share.Percent(reader, latest.Net), Share.Range(reader, latest.Net))
            );
            figures.Add(
                new Figure(reader.Say("Gross retention, 30 days"), Share.Percent(reader, latest.Gross), Share.Range(reader, latest.Gross))
            );
        }
        Html trials =
            revenue.Trials.Accounts == 0
                ? Html.Empty
                : $"""
                    <p class="line quiet">{reader.Count(
                        revenue.Trials.Accounts,
                        "{0} customer is on trial and pays nothing yet: counted nowhere here.",
                        "{0} customers are on trial and pay nothing yet: counted nowhere here.")}</p>
                    """;
        string order = revenue.Expected is null
            ? reader.Say(
                "At risk means the levels at risk and critical. The score is not calibrated to your history, so that no chance is told; "
                    + "it ranks."
            )
            : reader.Say("At risk means the levels at risk and critical.");
        return $"""
            {Figures.Of(figures)}
            <p class="definition">{order} <a href="{Links.With(AccountFilters.Path, ("sort", "stake"))}">{reader.Say(
                "All accounts by what is at stake")}</a></p>{trials}
            """;
    }

    /// <summary>What of it is one manager's; says so where nobody of that name looks after who pays.</summary>
    private static Html StandingOf(Reader reader, RevenueView view, RevenueMeasures revenue)
    {
        if (view.Csm is not { Length: > 0 } csm)
            return Html.Empty;
        if (revenue.Managers.FirstOrDefault(known => string.Equals(known.Csm, csm, StringComparison.OrdinalIgnoreCase)) is not { } own)
            return $"""<p class="note">{reader.SayHtml($"Nobody who pays is looked after by {Html.Isolated(csm)}.")}</p>""";
        var all = own.Levels.Aggregate((one, other) => one + other);
        var risky = own.AtRisk;
        return $"""
            <h2>{reader.SayHtml($"Customers of {Html.Isolated(own.Csm)}")}</h2>
            {Figures.Of([
                new Figure(
                    reader.Say("Paid a month"),
                    reader.Money(Math.Round(all.Price)),
                    reader.Count(all.Accounts, "{0} customer", "{0} customers")),
                new Figure(
                    reader.Say("At risk now"),
                    reader.Money(Math.Round(risky.Price)),
                    reader.Count(risky.Accounts, "{0} customer", "{0} customers")),
            ])}
            """;
    }

    private static Html Managers(Reader reader, RevenueView view, IReadOnlyList<string> managers)
    {
        if (managers.Count == 0)
            return Html.Empty;
        var choices = managers.Select(manager => (manager, manager)).Prepend(("", reader.Say("Everybody’s renewals")));
        return $"""
            <form method="get" action="{RevenueView.Path}" class="actions">{Html.When(view.Gross, Forms.Form.Hidden("show", "gross"))}
            <label class="unseen" for="csm">{reader.Say("CS manager")}</label>
            <select id="csm" name="csm">{Forms.Form.Options(view.Csm, choices)}</select>
            <button type="submit" class="second">{reader.Say("Show")}</button></form>
            """;
    }
}
