using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Figures;
using Signals.Core.Model;
using Signals.Web.Api;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Feedback;

namespace Signals.Web.Dashboard.Causes;

/// <summary>What holds customers back, over all accounts and over time: where to look when deciding what to build.</summary>
internal sealed class CausesPage(
    FigureBook figures,
    VerbatimBook verbatims,
    TopicTable table,
    CauseWords words,
    ValueModel value,
    TimeProvider clock
) : IDashboardPage
{
    private const int MaxRanked = 15;
    private const int MaxLines = 6;
    private const int MaxThemes = 12;

    private static readonly string[] Periods = ["30", "90", "365"];

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string period = Query.OneOf(request.Http, "days", Periods) ?? "90";
        int days = int.Parse(period, System.Globalization.CultureInfo.InvariantCulture);
        var history = await CauseHistory.ReadAsync(figures, clock, days, request.Cancellation);
        string title = reader.Say("Causes");
        string lead = reader.Say("What holds customers back, how many, and what they pay. Take it to the roadmap meeting.");
        if (history.Now is not { } now)
        {
            return new DashboardPage(
                title,
                $"""
                {Heading.Of(title, lead)}
                <p class="empty">{reader.Say(
                    "Nothing was counted yet. Causes are counted within minutes of the first review, and then every day.")}</p>
                """
            );
        }

        var overview = await verbatims.ReadOverviewAsync(request.Cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Html.Of($"""
                <a class="button second" href="{ProblemsPage.Path}">{reader.Say("Problems handed over")}</a>{Downloads.Csv(
                    reader, "/causes.csv")}
                """))}
            {Summary(reader, history, now)}
            {Roadmap(reader, history)}
            <section><h2>{reader.Say("Over time")}</h2>
            {Choices.Of(
                reader.Say("Period"),
                Periods.Select(choice => new Choice(
                    PeriodName(reader, choice), Links.With("/causes", ("days", choice)), choice == period)))}
            {OverTime(reader, history, days)}</section>
            <div class="columns">
            {Steps(reader, history)}
            {Kinds(reader, history, CauseIds.Friction, reader.Say("Friction by kind"), reader.Say(
                "People who meet an obstacle far more often than is usual."))}
            {Kinds(reader, history, CauseIds.FeaturesUnused, reader.Say("Paid for and unused"), reader.Say(
                "The key feature that each account misses first."), ofPeople: false)}
            {Themes(reader, overview)}
            </div>
            """
        );
    }

    private static string PeriodName(Reader reader, string days) =>
        days == "365" ? reader.Say("A year") : reader.Say($"period|{days} days");

    private static Html Summary(Reader reader, CauseHistory history, DayFigures now)
    {
        var (atRisk, critical) = (now.Levels[(int)RiskLevel.AtRisk], now.Levels[(int)RiskLevel.Critical]);
        var risky = atRisk + critical;
        int? change = history.Before is { } before
            ? risky.Accounts - (before.Levels[(int)RiskLevel.AtRisk] + before.Levels[(int)RiskLevel.Critical]).Accounts
            : null;
        string since = change is { } more ? reader.Say($"{(more < 0 ? "−" : "+")}{Math.Abs(more)} in {CauseHistory.ChangeDays} days") : "";
        return Figures.Of(
            new Figure(reader.Say("Customers"), reader.Whole(now.Customers)),
            new Figure(reader.Say("At risk or critical"), reader.Whole(risky.Accounts), since),
            new Figure(reader.Say("They pay a month"), reader.Money(Math.Round(risky.Price))),
            new Figure(reader.Say("Mean health"), reader.Amount(now.Health), reader.Say("of 100"))
        );
    }

    private Html Roadmap(Reader reader, CauseHistory history)
    {
        var ranked = history.Ranked();
        string title = reader.Say("For the roadmap meeting");
        Html rest =
            ranked.Count > MaxRanked
                ? $"""
                    <p class="more"><a href="/causes.csv" download>{reader.Say(
                        $"All {ranked.Count} as CSV"                    )}</a>
                    </p>
                    """
                : Html.Empty;
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{reader.Say(
                "Each step, obstacle or feature with the accounts it holds back; what those accounts pay comes first. "
                    + "An account may stand in several lines.")}</p>
            {(ranked.Count == 0
                ? Html.Of($"""<p class="empty">{reader.Say("Nothing holds anybody back.")}</p>""")
                : table.Of(reader, history, [.. ranked.Take(MaxRanked)], title))}
            {rest}</section>
            """;
    }

    private static Html OverTime(Reader reader, CauseHistory history, int days)
    {
        var line = history.Line(days);
        var text = new ChartText(
            reader.Say("Accounts held back by each cause"),
            reader.Say("Day"),
            [.. line.Select(point => reader.ShortDay(point.Day))],
            value => reader.Whole((long)Math.Round(value))
        );
        var series = history
            .Causes.Take(MaxLines)
            .Select(topic => new Series(
                CauseWords.Name(reader, topic.Cause),
                [.. line.Select(point => (double?)point.Figures?.Of(topic.Cause).Accounts)]
            ))
            .ToList();
        return series.Count == 0 ? Html.Empty : LineChart.Of(reader.Charts, text, series);
    }

    /// <summary>In the model's order, as newcomers meet them: where many stop is a gap in the product.</summary>
    private Html Steps(Reader reader, CauseHistory history)
    {
        if (value.Onboarding.Count == 0)
            return Html.Empty;
        var found = history.DetailsOf(CauseIds.OnboardingStalled).ToDictionary(topic => topic.Detail!, StringComparer.Ordinal);
        var topics = value.Onboarding.Select(step =>
            found.GetValueOrDefault(step.Id) ?? new Topic(CauseIds.OnboardingStalled, step.Id, default)
        );
        var rows = topics.Select(topic => Bar(reader, topic, ofPeople: true)).ToList();
        return Bars(
            reader,
            reader.Say("Where newcomers get stuck"),
            reader.Say("Onboarding steps in their order, with the people held up at each."),
            rows
        );
    }

    private Html Kinds(Reader reader, CauseHistory history, string cause, string title, string lead, bool ofPeople = true)
    {
        var rows = history.DetailsOf(cause).Select(topic => Bar(reader, topic, ofPeople)).ToList();
        return rows.Count == 0 ? Html.Empty : Bars(reader, title, lead, rows);
    }

    private BarRow Bar(Reader reader, Topic topic, bool ofPeople)
    {
        string accounts = reader.Count(topic.Figures.Accounts, "{0} account", "{0} accounts");
        return new BarRow(
            $"""<a href="{topic.Address}">{Html.Isolated(words.Kind(reader, topic.Detail)!)}</a>""",
            ofPeople ? topic.Figures.People : topic.Figures.Accounts
        )
        {
            Note =
                topic.Figures.Accounts == 0
                    ? Html.Empty
                    : $"{(ofPeople ? accounts + " · " : "")}{reader.Price(Math.Round(topic.Figures.Price))}",
            Tone = "s3",
        };
    }

    private static Html Bars(Reader reader, string title, string lead, List<BarRow> rows)
    {
        var text = new ChartText(title, reader.Say("What"), [], value => reader.Whole((long)value));
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{lead}</p>{HorizontalBars.Of(text with { Title = "" }, reader.Say("How many"), rows)}</section>
            """;
    }

    private static Html Themes(Reader reader, VerbatimOverview overview)
    {
        string title = reader.Say("Words customers use");
        Html list =
            overview.Themes.Count == 0
                ? $"""
              <p class="empty">{reader.Say(
                  "Words come with survey comments, tickets and cancellations.")}</p>
              """
                : ThemeList.Of(reader, [.. overview.Themes.Take(MaxThemes)]);
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{reader.Say(
                $"What is spoken of in surveys and tickets of the last {VerbatimSurvey.ThemeDays} days, by accounts.")}</p>
            {list}</section>
            """;
    }
}
