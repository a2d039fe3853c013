using Signals.Core.Daily.Activation;
using Signals.Core.Model;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>How fast tickets are answered and solved, by plan, against what was promised.</summary>
internal static class SupportTables
{
    public static Html Of(Reader reader, IReadOnlyList<SupportTimes> support, TicketDefinition tickets)
    {
        if (support.Count == 0)
            return Html.Empty;
        string lead = tickets.WorkingTime
            ? reader.Say("Tickets of the last 90 days, by the plan of the day they were opened on. Hours are those of working days.")
            : reader.Say("Tickets of the last 90 days, by the plan of the day they were opened on.");
        bool isPromised = support.Any(times => times.Answer.InTime.Of + times.Answer.Waiting > 0);
        return $"""
            <section id="support"><h2>{reader.Say("How fast customers are helped")}</h2><p class="lead">{lead}</p>
            <h3>{reader.Say("First answer")}</h3>
            {(isPromised ? Answers(reader, support) : Html.Of($"""<p class="line quiet">{None(reader, tickets)}</p>"""))}
            <h3>{reader.Say("Solution")}</h3>
            {Table(
                reader, reader.Say("Solution"), reader.Say("Half solved after"), support, times => times.Solution,
                times => times.SolutionHours)}</section>
            """;
    }

    private const int LongHours = 96;

    /// <summary>Hours as they are read: minutes under one, parts of an hour up to ten, and days from four on.</summary>
    public static string Hours(Reader reader, double hours)
    {
        double told = hours < 10 ? Math.Round(hours, 1) : Math.Round(hours);
        return told > LongHours ? reader.Count((long)Math.Round(told / 24), "{0} day", "{0} days")
            : told < 1 ? reader.Count((int)Math.Round(hours * 60), "{0} minute", "{0} minutes")
            : double.IsInteger(told) ? reader.Count((long)told, "{0} hour", "{0} hours")
            : reader.Say($"{reader.Amount(told)} h");
    }

    private static Html Answers(Reader reader, IReadOnlyList<SupportTimes> support) =>
        Table(
            reader,
            reader.Say("First answer"),
            reader.Say("Half answered after"),
            [.. support.Where(times => times.Answer.InTime.Of + times.Answer.Waiting > 0)],
            times => times.Answer,
            times => times.AnswerHours
        );

    private static string None(Reader reader, TicketDefinition tickets) =>
        tickets.Answered.Count == 0 ? reader.Say("The value model names no event that tells of answers (tickets.answered).")
        : tickets.AnswerWithinHours is null && tickets.Promises.Values.All(promise => promise.AnswerHours is null)
            ? reader.Say("The value model promises no first answer (tickets.answerWithinHours).")
        : reader.Say("No ticket that was promised an answer yet.");

    private static Html Table(
        Reader reader,
        string title,
        string half,
        IReadOnlyList<SupportTimes> support,
        Func<SupportTimes, WaitingTimes> times,
        Func<TicketPromise, double?> promised
    ) =>
        $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="scores"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Plan")}</th><th scope="col" class="number">{reader.Say("Agreed")}</th>
            <th scope="col" class="number">{reader.Say("In time")}</th><th scope="col">{reader.Say("Where it truly lies (95%)")}</th>
            <th scope="col" class="number">{half}</th><th scope="col" class="number">{reader.Say("Waiting now")}</th></tr></thead>
            <tbody>{support.Select(one =>
                Row(reader, one, times(one), one.Promise is { } promise ? promised(promise) : null)
            )}</tbody></table></div>
            """;

    private static Html Row(Reader reader, SupportTimes support, WaitingTimes times, double? promised)
    {
        string plan = support.Plan switch
        {
            null => reader.Say("All"),
            "" => reader.Say("no plan"),
            var named => named,
        };
        var within = times.InTime;
        Html range = within.Share is { } share ? Ranges.Of(share, within.Low, within.High, 0, 1) : Html.Empty;
        Html interval = within.Share is null
            ? Html.Empty
            : $"""
                <span class="quiet">{reader.Say($"{reader.Percent(within.Low)} to {reader.Percent(within.High)}")}</span>
                """;
        return $"""
            <tr><th scope="row">{Html.Isolated(plan)}</th>
            <td class="number">{(promised is { } agreed ? Hours(reader, agreed) : "–")}</td>
            <td class="number"><strong>{reader.Percent(within.Share)}</strong>
            <span class="quiet">{reader.Say($"{reader.Whole(within.Count)} of {reader.Whole(within.Of)}")}</span></td>
            <td class="range">{range}{interval}</td>
            <td class="number">{(times.MedianHours is { } hours ? Hours(reader, hours) : "–")}</td>
            <td class="number">{reader.Whole(times.Waiting)}</td></tr>
            """;
    }
}
