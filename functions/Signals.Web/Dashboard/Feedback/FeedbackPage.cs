using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Answers;
using Signals.Core.State.Work;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What customers say: scores by channel with their intervals, and their words by feeling and theme.</summary>
internal sealed class FeedbackPage(MeasurePass pass, VerbatimBook book, WorkBook work, IEntityStore store, ValueModel model)
    : IDashboardPage
{
    private const int MaxThemes = 24;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var query = VerbatimQuery.Of(request);
        var measures = await pass.ReadAsync(request.Cancellation);
        string title = reader.Say("Feedback");
        string lead = reader.Say(
            $"Surveys of the last {SurveyScore.Days} days, each person by their latest answer, and what customers write. "
                + $"Channels stand apart: people answer more kindly inside the product than by mail."
        );
        if (measures is null)
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{MeasuredAt.Of(reader, measures)}");

        var use = await pass.ReadUseAsync(request.Cancellation);
        var overview = await book.ReadOverviewAsync(request.Cancellation);
        var found = await query.ReadAsync(book, new Loops(work, model), request.Cancellation);
        var writers = await new Authors(store).OfAsync([.. found.Texts.Select(text => (text.Account, text.Person))], request.Cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Asked(reader))}
            {MeasuredAt.Of(reader, measures)}
            {Nps(reader, measures)}
            {Others(reader, measures)}
            {SupportTables.Of(reader, use?.Support ?? [], model.Tickets)}
            {Words(reader, query, overview, found, [.. writers.Select(writer => writer?.Name)])}
            """
        );
    }

    private static Html Asked(Reader reader) =>
        $"""<a class="button second" href="{RequestsPage.Path}">{reader.Say("What customers ask for")}</a>""";

    private static Html Nps(Reader reader, ProductMeasures measures)
    {
        var people = measures.SurveysByPerson.Where(score => score.Kind == FeedbackKind.Nps).ToList();
        if (people.Count == 0)
            return $"""
                <section><h2>NPS</h2>
                <p class="empty">{reader.Say(
                    "Nobody was asked yet. Scores come with the first answers.")}</p></section>
                """;
        return $"""
            <section><h2>NPS</h2>
            <p class="lead">{reader.Say(
                "Promoters (9 and 10) less detractors (0 to 6), from −100 to +100.")}</p>
            <h3>{reader.Say("By person")}</h3>{ScoreTable.Of(
                reader, reader.Say("NPS by person"), people)}
            <h3>{reader.Say("One voice an account")}</h3>
            <p class="line quiet">{reader.Say(
                "The mean of an account’s people, so that a few large accounts do not speak for all.")}</p>
            {ScoreTable.Of(reader, reader.Say("NPS by account"), measures.NpsByAccount)}
            {OverTime(reader, measures, FeedbackKind.Nps)}</section>
            """;
    }

    private static Html Others(Reader reader, ProductMeasures measures)
    {
        (FeedbackKind Kind, string Meaning)[] surveys =
        [
            (FeedbackKind.Csat, reader.Say("Satisfied: 4 or 5 of 5.")),
            (FeedbackKind.Ces, reader.Say("Found it easy: 1 to 3 of 7, where 1 is no effort.")),
        ];
        var sections = surveys
            .Select(survey =>
                (survey.Kind, survey.Meaning, Scores: measures.SurveysByPerson.Where(score => score.Kind == survey.Kind).ToList())
            )
            .Where(survey => survey.Scores.Count > 0)
            .Select(survey =>
                Html.Of(
                    $"""
                    <section><h2>{FeedbackWords.Survey(survey.Kind)}</h2><p class="lead">{survey.Meaning}</p>
                    {ScoreTable.Of(reader, FeedbackWords.Survey(survey.Kind), survey.Scores)}</section>
                    """
                )
            );
        return $"{sections}";
    }

    /// <summary>A month with a handful of answers would only be noise.</summary>
    private static Html OverTime(Reader reader, ProductMeasures measures, FeedbackKind kind)
    {
        var monthly = measures.SurveysByMonth.Where(month => month.Score.Kind == kind && month.Score.Enough).ToList();
        var months = monthly.Select(month => month.Month).Distinct().Order().ToList();
        if (months.Count < 2)
            return Html.Empty;
        var text = new ChartText(
            reader.Say("NPS by month"),
            reader.Say("Month"),
            [.. months.Select(reader.Month)],
            value => ScoreTable.Text(reader, kind, value)
        )
        {
            Unit = reader.Say($"months with {SurveyScore.LeastAnswers} answers or more"),
        };
        var series = monthly
            .GroupBy(month => month.Score.Channel, StringComparer.Ordinal)
            .Select(channel => new Series(
                FeedbackWords.Channel(reader, channel.Key),
                [.. months.Select(month => channel.FirstOrDefault(one => one.Month == month)?.Score.Score)]
            ));
        return LineChart.Of(
            reader.Charts,
            text,
            [.. series.Take(6)],
            new ReferenceLine(reader.Say("nps|As many promoters as detractors"), 0)
        );
    }

    private static Html Words(Reader reader, VerbatimQuery query, VerbatimOverview overview, FoundWords found, IReadOnlyList<string?> names)
    {
        string title = reader.Say("In their words");
        if (overview.All == 0 && found.Texts.Count == 0 && !query.Unanswered)
            return $"""
                <section id="words"><h2>{title}</h2>
                <p class="empty">{reader.Say(
                    "Words come with survey comments, tickets and cancellations.")}</p></section>
                """;
        var feelings = VerbatimQuery
            .Sentiments.Select(one => Choice(query, one, FeedbackWords.Sentiment(reader, one), overview.Counts.GetValueOrDefault(one)))
            .Prepend(Choice(query, null, reader.Say("All"), overview.All));
        return $"""
            <section id="words"><div class="head"><h2>{title}</h2>
            <div class="actions">{Downloads.Csv(reader, query.Address("/feedback.csv"))}</div></div>
            {Choices.Of(reader.Say("Feeling"), feelings)}
            {Choices.Of(
                reader.Say("Answered by the team"),
                new Choice(reader.Say("All of them"), Address(query with { Unanswered = false }), !query.Unanswered),
                new Choice(reader.Say("loop|Not answered yet"), Address(query with { Unanswered = true }), query.Unanswered))}
            <div class="aside"><div>{Found(reader, query, found, names)}</div>
            <div><h3>{reader.Say("Themes")}</h3>{Themes(reader, query, overview)}</div></div></section>
            """;

        Choice Choice(VerbatimQuery asked, TextSentiment? sentiment, string text, int count) =>
            new(
                text,
                Address(asked with { Sentiment = sentiment }),
                asked.Sentiment == sentiment,
                asked.Theme is null && !asked.Unanswered ? reader.Whole(count) : null
            );
    }

    private static string Address(VerbatimQuery query) => (query with { Page = 1 }).Address() + "#words";

    private static Html Found(Reader reader, VerbatimQuery query, FoundWords found, IReadOnlyList<string?> names)
    {
        Html only = query.Theme is { } theme
            ? $"""
              <p class="note">{reader.Say(
                  "The newest that speak of")} <strong>{Html.Isolated(theme)}</strong>. <a href="{(
                      query with { Theme = null }).Address()}#words">{reader.Say(
                      "All themes")}</a></p>
              """
            : Html.Empty;
        string none = query.Unanswered
            ? reader.Say("The team has answered all of these.")
            : reader.Say("Nothing of this kind was written lately.");
        Html list =
            found.Texts.Count == 0
                ? $"""<p class="empty">{none}</p>"""
                : VerbatimList.Of(reader, found.Texts, names, found.Works, query.Address() + "#words");
        return $"{only}{list}{More(reader, query, found.HasOlder)}";
    }

    private static Html More(Reader reader, VerbatimQuery query, bool hasOlder)
    {
        Html newer =
            query.Page > 1
                ? $"""<a href="{(query with { Page = query.Page - 1 }).Address()}#words" rel="prev">{reader.Say("Newer")}</a>"""
                : Html.Empty;
        Html older = hasOlder
            ? $"""<a href="{(query with { Page = query.Page + 1 }).Address()}#words" rel="next">{reader.Say("Older")}</a>"""
            : Html.Empty;
        return newer.IsEmpty && older.IsEmpty
            ? Html.Empty
            : $"""<nav class="more" aria-label="{reader.Say("More words")}">{newer}{older}</nav>""";
    }

    private static Html Themes(Reader reader, VerbatimQuery query, VerbatimOverview overview) =>
        overview.Themes.Count == 0
            ? $"""
          <p class="empty">{reader.Say(
              "A theme is what two texts or more speak of.")}</p>
          """
            : ThemeList.Of(reader, [.. overview.Themes.Take(MaxThemes)], query.Theme is null ? null : TextTheme.KeyOf(query.Theme));
}
