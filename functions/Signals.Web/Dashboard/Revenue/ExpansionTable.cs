using Signals.Core.Daily.Revenue;
using Signals.Core.Model;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>Who has grown out of what they pay for.</summary>
internal sealed class ExpansionTable(ValueModel model)
{
    /// <summary>The file has more of them.</summary>
    private const int Shown = 20;

    public Html Of(Reader reader, RevenueMeasures revenue)
    {
        string title = reader.Say("Who could do with more");
        Html list =
            revenue.Expansions.Count == 0
                ? Html.Of(
                    $"""<p class="empty">{reader.Say("Nobody’s seats are full, nobody meets limits, nobody has outgrown a plan.")}</p>"""
                )
                : Html.Of($"""<ul class="list">{revenue.Expansions.Take(Shown).Select(account => Row(reader, account))}</ul>""");
        int others = revenue.ExpansionCount - Math.Min(Shown, revenue.Expansions.Count);
        Html more = others > 0 ? $"""<p class="line quiet">{reader.Count(others, "and {0} more", "and {0} more")}</p>""" : Html.Empty;
        return $"""
            <section id="expansion"><h2>{title}</h2>
            <p class="lead">{reader.Say(
                "Customers who do well and have grown out of what they pay for. Most signs first, then those who pay most.")}</p>
            {list}{more}
            <p class="more">{Downloads.Csv(reader, RevenueView.Csv("expansion"))}</p></section>
            """;
    }

    private Html Row(Reader reader, ExpansionAccount account)
    {
        var facts = Html.Join(
            " · ",
            new[] { account.Plan, reader.Price(account.Price), account.Csm }
                .OfType<string>()
                .Where(fact => fact.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(Html.Isolated)
        );
        return $"""
            <li><p><a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a> <span class="quiet">{facts}</span></p>
            {account.Signs.Select(sign => Html.Of($"""<p class="line">{Words(reader, sign)}</p>"""))}</li>
            """;
    }

    /// <summary>What a sign says.</summary>
    public string Words(Reader reader, ExpansionSign sign) =>
        sign.Kind switch
        {
            ExpansionSign.Seats => reader.Say($"Seats are full: {reader.Amount(sign.Amount)} of {reader.Amount(sign.Of)} people active."),
            ExpansionSign.Limits => reader.Say($"Limits of the plan were met {reader.Amount(sign.Amount)} times in 30 days."),
            _ => reader.Say(
                $"The plan is outgrown: {reader.Amount(sign.Amount)} {model.Value.Unit} in {model.Value.Floor.Days} days, "
                    + $"as on {sign.Plan ?? ""}, where half get {reader.Amount(sign.Of)} or more."
            ),
        };
}
