using Signals.Core.Daily.Activation;
using Signals.Core.Model;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>How fast tickets are solved, by plan, against what the model agrees.</summary>
internal static class SolutionTable
{
    public static Html Of(Reader reader, IReadOnlyList<SolutionTimes> solutions, TicketDefinition agreed)
    {
        if (solutions.Count == 0)
            return Html.Empty;
        string title = reader.Say("How fast tickets are solved");
        string lead = agreed.WorkingTime
            ? reader.Say($"Agreed is a solution within {reader.Amount(agreed.WithinHours)} working hours. Tickets of the last 90 days.")
            : reader.Say($"Agreed is a solution within {reader.Amount(agreed.WithinHours)} hours. Tickets of the last 90 days.");
        return $"""
            <section id="solutions"><h2>{title}</h2><p class="lead">{lead}</p>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="scores"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Plan")}</th><th scope="col" class="number">{reader.Say("Tickets")}</th>
            <th scope="col" class="number">{reader.Say("In time")}</th><th scope="col">{reader.Say("Where it truly lies (95%)")}</th>
            <th scope="col" class="number">{reader.Say("Half solved after")}</th>
            <th scope="col" class="number">{reader.Say("Open now")}</th></tr></thead>
            <tbody>{solutions.Select(times => Row(reader, times))}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, SolutionTimes times)
    {
        string plan = times.Plan switch
        {
            null => reader.Say("All"),
            "" => reader.Say("no plan"),
            var named => named,
        };
        Html range = times.InTime.Share is { } share ? Ranges.Of(share, times.InTime.Low, times.InTime.High, 0, 1) : Html.Empty;
        return $"""
            <tr><th scope="row">{Html.Isolated(plan)}</th><td class="number">{reader.Whole(times.Tickets)}</td>
            <td class="number"><strong>{reader.Percent(times.InTime.Share)}</strong></td>
            <td class="range">{range}<span class="quiet">{reader.Say(
                $"{reader.Percent(times.InTime.Low)} to {reader.Percent(times.InTime.High)}")}</span></td>
            <td class="number">{(times.MedianHours is { } hours ? reader.Count(hours, "{0} hour", "{0} hours") : "–")}</td>
            <td class="number">{reader.Whole(times.Waiting)}</td></tr>
            """;
    }
}
