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
        string title = reader.Say("Causes", "Causes");
        string lead = reader.Say(
            "What holds customers back, how many, and what they pay. Take it to the roadmap meeting.",
            "Ce qui freine les clients, combien ils sont et ce qu’ils paient. À emporter en réunion de roadmap."
        );
        if (history.Now is not { } now)
        {
            return new DashboardPage(
                title,
                $"""
                {Heading.Of(title, lead)}
                <p class="empty">{reader.Say(
                    "Nothing was counted yet. Causes are counted within minutes of the first review, and then every day.",
                    "Rien n’a encore été compté. Les causes le sont quelques minutes après la première évaluation, puis chaque jour.")}</p>
                """
            );
        }

        var overview = await verbatims.ReadOverviewAsync(request.Cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Downloads.Csv(reader, "/causes.csv"))}
            {Summary(reader, history, now)}
            {Roadmap(reader, history)}
            <section><h2>{reader.Say("Over time", "Au fil du temps")}</h2>
            {Choices.Of(
                reader.Say("Period", "Période"),
                Periods.Select(choice => new Choice(
                    PeriodName(reader, choice), Links.With("/causes", ("days", choice)), choice == period)))}
            {OverTime(reader, history, days)}</section>
            <div class="columns">
            {Steps(reader, history)}
            {Kinds(reader, history, CauseIds.Friction, reader.Say("Friction by kind", "Obstacles par nature"), reader.Say(
                "People who meet an obstacle far more often than is usual.",
                "Personnes qui rencontrent un obstacle bien plus souvent que d’habitude."))}
            {Kinds(reader, history, CauseIds.FeaturesUnused, reader.Say("Paid for and unused", "Payé et inutilisé"), reader.Say(
                "The key feature that each account misses first.", "La fonction clé qui manque d’abord à chaque compte."), ofPeople: false)}
            {Themes(reader, overview)}
            </div>
            """
        );
    }

    private static string PeriodName(Reader reader, string days) =>
        days == "365" ? reader.Say("A year", "Un an") : reader.Say($"{days} days", $"{days} jours");

    private static Html Summary(Reader reader, CauseHistory history, DayFigures now)
    {
        var (atRisk, critical) = (now.Levels[(int)RiskLevel.AtRisk], now.Levels[(int)RiskLevel.Critical]);
        var risky = atRisk + critical;
        int? change = history.Before is { } before
            ? risky.Accounts - (before.Levels[(int)RiskLevel.AtRisk] + before.Levels[(int)RiskLevel.Critical]).Accounts
            : null;
        string since = change is { } more
            ? reader.Say(
                $"{(more < 0 ? "−" : "+")}{Math.Abs(more)} in {CauseHistory.ChangeDays} days",
                $"{(more < 0 ? "−" : "+")}{Math.Abs(more)} en {CauseHistory.ChangeDays} jours"
            )
            : "";
        return Figures.Of(
            new Figure(reader.Say("Customers", "Clients"), reader.Whole(now.Customers)),
            new Figure(reader.Say("At risk or critical", "À risque ou critiques"), reader.Whole(risky.Accounts), since),
            new Figure(reader.Say("They pay a month", "Ils paient par mois"), reader.Money(Math.Round(risky.Price))),
            new Figure(reader.Say("Mean health", "Santé moyenne"), reader.Amount(now.Health), reader.Say("of 100", "sur 100"))
        );
    }

    private Html Roadmap(Reader reader, CauseHistory history)
    {
        var ranked = history.Ranked();
        string title = reader.Say("For the roadmap meeting", "Pour la réunion de roadmap");
        Html rest =
            ranked.Count > MaxRanked
                ? $"""
                    <p class="more"><a href="/causes.csv" download>{reader.Say(
                        $"All {ranked.Count} as CSV",
                        $"Les {ranked.Count} en CSV"
                    )}</a>
                    </p>
                    """
                : Html.Empty;
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{reader.Say(
                "Each step, obstacle or feature with the accounts it holds back; what those accounts pay comes first. "
                    + "An account may stand in several lines.",
                "Chaque étape, obstacle ou fonction avec les comptes qu’il freine ; les plus gros montants d’abord. "
                    + "Un compte peut figurer sur plusieurs lignes.")}</p>
            {(ranked.Count == 0
                ? Html.Of($"""<p class="empty">{reader.Say("Nothing holds anybody back.", "Rien ne freine personne.")}</p>""")
                : table.Of(reader, history, [.. ranked.Take(MaxRanked)], title))}
            {rest}</section>
            """;
    }

    private static Html OverTime(Reader reader, CauseHistory history, int days)
    {
        var line = history.Line(days);
        var text = new ChartText(
            reader.Say("Accounts held back by each cause", "Comptes freinés par chaque cause"),
            reader.Say("Day", "Jour"),
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
            reader.Say("Where newcomers get stuck", "Où les nouveaux restent bloqués"),
            reader.Say(
                "Onboarding steps in their order, with the people held up at each.",
                "Les étapes dans leur ordre, avec les personnes bloquées à chacune."
            ),
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
        string accounts = reader.Count(topic.Figures.Accounts, "account", "accounts", "compte", "comptes");
        return new BarRow(
            $"""<a href="{topic.Address}">{Html.Isolated(words.Kind(topic.Detail)!)}</a>""",
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
        var text = new ChartText(title, reader.Say("What", "Quoi"), [], value => reader.Whole((long)value));
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{lead}</p>{HorizontalBars.Of(text with { Title = "" }, reader.Say("How many", "Combien"), rows)}</section>
            """;
    }

    private static Html Themes(Reader reader, VerbatimOverview overview)
    {
        string title = reader.Say("Words customers use", "Les mots des clients");
        Html list =
            overview.Themes.Count == 0
                ? $"""
              <p class="empty">{reader.Say(
                  "Words come with survey comments, tickets and cancellations.",
                  "Les mots viennent des enquêtes, des tickets et des résiliations.")}</p>
              """
                : ThemeList.Of(reader, [.. overview.Themes.Take(MaxThemes)]);
        return $"""
            <section><h2>{title}</h2>
            <p class="lead">{reader.Say(
                $"What is spoken of in surveys and tickets of the last {VerbatimSurvey.ThemeDays} days, by accounts.",
                $"Ce dont parlent enquêtes et tickets des {VerbatimSurvey.ThemeDays} derniers jours, par comptes.")}</p>
            {list}</section>
            """;
    }
}
