using Signals.Core.Model;

namespace Signals.Web.Dashboard.Account;

/// <summary>Says on an account's page that its plan ends, what was agreed with it, and whether customers know already.</summary>
internal static class PlanEndNotice
{
    public static Html Of(Reader reader, AccountFile file)
    {
        if (file.Context.IsChurned || file.Model.PlanSunsets.FirstOrDefault(sunset => sunset.IsOf(file.Facts.Plan)) is not { } sunset)
            return Html.Empty;
        var exception = sunset.ExceptionFor(file.Facts.Id);
        var lines = new List<Html> { When(reader, sunset, exception) };
        if (sunset.Announced > reader.Today)
            lines.Add(
                $"<strong>{reader.Say($"Customers are told on {reader.Day(sunset.Announced)}: say nothing to them before.")}</strong>"
            );
        if (exception is null && file.Facts.RenewalAt is { } renewal && DateOnly.FromDateTime(renewal.UtcDateTime) > sunset.Ends)
            lines.Add($"{reader.Say("Their contract runs beyond the end: agree what holds until it renews.")}");
        if (exception is not null)
            lines.Add(Html.Isolated(exception.Terms.In(reader.Language)));
        return $"""<div class="note">{lines.Select(line => Html.Of($"""<p class="line">{line}</p>"""))}</div>""";
    }

    private static Html When(Reader reader, PlanSunset sunset, PlanException? exception)
    {
        Html plan = Html.Isolated(sunset.Plan),
            replacement = Html.Isolated(sunset.ReplacementPlan);
        Html ends = exception is null
            ? reader.SayHtml($"Their plan {plan} ends on {reader.Day(sunset.Ends)}; {replacement} takes its place.")
            : reader.SayHtml(
                $"Their plan {plan} ends on {reader.Day(sunset.Ends)} for others; they are excepted and keep it "
                    + $"until {reader.Day(exception.Until)}."
            );
        return $"""{ends} <a href="/revenue#plan-ends">{reader.Say("The whole plan of it")}</a>""";
    }
}
