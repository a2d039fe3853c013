using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.State.Assessments;

namespace Signals.Web.Dashboard.Account;

/// <summary>
/// Why the account is where it is: each cause with its evidence line by line and the drawing behind it, and what raised the score.
/// </summary>
internal sealed class WhySection(CauseWords causes)
{
    public Html Of(Reader reader, AccountFile file)
    {
        string nothing = reader.Say("Nothing seems to hold this account back.");
        Html found =
            file.Causes.Count == 0
                ? Html.Of($"""<p class="empty">{nothing}</p>""")
                : Html.Of($"{file.Causes.Select(cause => Cause(reader, file, cause))}");
        return $"""
            <section class="why"><h2>{reader.Say("Why")}</h2>
            {found}
            {Chance(reader, file)}
            {RaisedBy(reader, file)}</section>
            """;
    }

    private Html Cause(Reader reader, AccountFile file, FoundCause cause)
    {
        string who =
            cause.Subject == CauseSubject.Account
                ? reader.Say("the whole account")
                : reader.Count(cause.Affected, "{0} person", "{0} people");
        var questions = CauseQuestions.Of(cause.Id);
        Html ask =
            questions.Count == 0
                ? Html.Empty
                : $"""
                    <details class="ask"><summary>{reader.Say("What to ask")}</summary>
                    <ul>{questions.Select(question => Html.Of($"<li>{reader.Say(question)}</li>"))}</ul></details>
                    """;
        return $"""
            <article class="cause"><div class="name"><h3>{causes.NameWithKind(reader, cause.Id, cause.Detail)}</h3>
            <p class="line quiet">{reader.Say(
                $"{reader.Percent(cause.Confidence)} sure")} · {who}</p>
            <p class="line"><a href="{Links.With("/accounts", ("cause", cause.Id))}">{reader.Say(
                "Other accounts with this cause")}</a></p>{ask}</div>
            <div><ul class="evidence">{cause.Evidence.Select(line => Line(reader, line))}</ul>
            {CauseCharts.Of(reader, file, cause)}</div></article>
            """;
    }

    private static Html Line(Reader reader, Evidence line)
    {
        Html since = line.Since is { } day ? $" · {reader.Say($"since {reader.Day(day)}")}" : Html.Empty;
        Html found = $"""<span class="found">{Html.Isolated(reader.Say(line.Value))}</span>""";
        return $"""
            <li><p>{Html.Isolated(reader.Say(line.Text))}</p>
            <p class="line quiet">{reader.SayHtml($"found {found}")}
            · {reader.SayHtml($"expected {Html.Isolated(reader.Say(line.Expected))}")}{since}</p></li>
            """;
    }

    private static Html RaisedBy(Reader reader, AccountFile file)
    {
        if (file.Review?.Assessment.Risk.RaisedBy is not { Count: > 0 } reasons)
            return Html.Empty;
        var lines = reasons.Select(reason =>
            Html.Of(
                $"""
            <li><span>{Html.Isolated(reader.Say(reason.Text))}</span> <span class="quiet">{reader.Say(
                $"odds × {reader.Amount(Math.Exp(reason.Added), 1)}")}</span></li>
            """
            )
        );
        return $"""
            <details class="raised"><summary>{reader.Say("What raised the score")}</summary>
            <ul>{lines}</ul></details>
            """;
    }

    /// <summary>
    /// The chance to leave within each horizon, where history taught it; else where the account stands among all, which is no chance.
    /// </summary>
    private static Html Chance(Reader reader, AccountFile file)
    {
        if (file.Review is not { Left: false, Assessment.Risk: var risk })
            return Html.Empty;
        if (file.Model.Risk is { } fitted && risk.Chances.Count > 0)
        {
            var lines = risk.Chances.Select(chance => Html.Of($"""<p class="line">{Chance(reader, chance, fitted)}</p>"""));
            return $"""<div class="chances">{lines}</div>""";
        }
        return risk.Standing is { } standing && file.Model.Risk is null
            ? $"""
                <p class="line quiet">{reader.Say(
                    $"Riskier than {reader.Percent(standing)} of your customers. No chance is told, for the score is not calibrated to "
                        + $"your history.")}</p>
                """
            : Html.Empty;
    }

    private static string Chance(Reader reader, RiskChance chance, RiskCalibration fitted) =>
        Horizons.UsualWithin(fitted, chance.Days) is { } usual and > 0
            ? reader.Say(
                $"Chance to leave within {chance.Days} days: {OneIn(reader, chance.Probability)}; usual here {OneIn(reader, usual)}."
            )
            : reader.Say($"Chance to leave within {chance.Days} days: {OneIn(reader, chance.Probability)}.");

    /// <summary>"1 in 8", as people count; a share once it is nearly half.</summary>
    private static string OneIn(Reader reader, double chance) =>
        chance > 0.4 ? reader.Percent(chance) : reader.Say($"1 in {(int)Math.Round(1 / Math.Max(chance, 1e-4))}");
}
