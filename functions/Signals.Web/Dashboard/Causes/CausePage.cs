using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Problems;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Causes;

/// <summary>One cause: how it grew, what it is about, and the accounts it holds back.</summary>
internal sealed class CausePage(
    FigureBook figures,
    CauseAccounts list,
    AccountTable accounts,
    ProblemBook problems,
    CauseWords words,
    TimeProvider clock
) : IDashboardPage
{
    private const int Days = 90;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string cause = request.Route("id");
        if (!CauseCatalogue.Ids.Contains(cause))
            throw ApiRefusal.NotFound("cause", cause);
        string? about = request.One("about"),
            after = Cursor.Accounts.Read(request.Http);
        var history = await CauseHistory.ReadAsync(figures, clock, Days, request.Cancellation);
        var topic = new Topic(cause, about, history.Now?.Of(cause, about) ?? default);
        string title = words.NameWithKind(reader, cause, about);
        var (found, next) = await list.ReadAsync(topic, after, Page<AccountSummary>.Size, request.Cancellation);
        var page = new Page<AccountSummary>(found, next is null ? null : Cursor.Accounts.Write(next));
        var problem = await problems.FindAsync(Problem.IdOf(cause, about), request.Cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Back("/causes", reader.Say("All causes"))}
            {Heading.Of(Html.Isolated(title), Html.Empty, HandOver(reader, topic, problem))}
            {Standing(reader, problem)}
            {Summary(reader, history, topic)}
            <div class="columns"><section>{OverTime(reader, history, topic)}</section>{Beside(reader, history, topic)}</div>
            <section><h2>{reader.Say("Accounts, the worst first")}</h2>
            {List(reader, topic, page, after is not null)}</section>
            """
        );
    }

    private static Html Summary(Reader reader, CauseHistory history, Topic topic)
    {
        var found = topic.Figures;
        string since = history.Change(topic) is { } more
            ? reader.Say($"{(more < 0 ? "−" : "+")}{Math.Abs(more)} in {CauseHistory.ChangeDays} days")
            : "";
        return Figures.Of(
            new Figure(reader.Say("Accounts"), reader.Whole(found.Accounts), since),
            new Figure(reader.Say("At risk or critical"), reader.Whole(found.AtRisk)),
            new Figure(reader.Say("People"), reader.Whole(found.People)),
            new Figure(reader.Say("They pay a month"), reader.Money(Math.Round(found.Price)))
        );
    }

    private static Html OverTime(Reader reader, CauseHistory history, Topic topic)
    {
        var line = history.Line(Days);
        if (line.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "The curve begins with the first daily count.")}</p>
                """;
        var text = new ChartText(
            reader.Say("Accounts held back"),
            reader.Say("Day"),
            [.. line.Select(point => reader.ShortDay(point.Day))],
            value => reader.Whole((long)Math.Round(value))
        );
        return LineChart.Of(
            reader.Charts,
            text,
            [
                new Series(
                    reader.Say("All"),
                    [.. line.Select(point => point.Figures is { } day ? (double?)day.Of(topic.Cause, topic.Detail).Accounts : null)]
                ),
                new Series(
                    reader.Say("At risk or critical"),
                    [.. line.Select(point => point.Figures is { } day ? (double?)day.Of(topic.Cause, topic.Detail).AtRisk : null)]
                )
                {
                    Tone = RiskLevel.Critical.Name(),
                },
            ]
        );
    }

    private Html Beside(Reader reader, CauseHistory history, Topic topic)
    {
        var details = history.DetailsOf(topic.Cause);
        if (details.Count == 0)
        {
            var questions = CauseQuestions.Of(topic.Cause).Select(question => Html.Of($"<li>{reader.Say(question)}</li>"));
            return $"""
                <section><h2>{reader.Say("What to ask them")}</h2>
                <ul class="questions">{questions}</ul></section>
                """;
        }
        var rows = details
            .Select(detail => new BarRow(Link(reader, detail, detail.Detail == topic.Detail), detail.Figures.Accounts)
            {
                Note = $"{reader.Count(detail.Figures.People, "{0} person", "{0} people")}",
                Tone = "s3",
            })
            .ToList();
        Html all = topic.Detail is null
            ? Html.Empty
            : $"""<p class="more"><a href="/causes/{topic.Cause}">{reader.Say("All of this cause")}</a></p>""";
        var text = new ChartText("", reader.Say("What"), [], value => reader.Whole((long)value));
        return $"""
            <section><h2>{reader.Say("What it is about")}</h2>
            {HorizontalBars.Of(text, reader.Say("Accounts"), rows)}{all}</section>
            """;
    }

    private Html Link(Reader reader, Topic detail, bool isCurrent)
    {
        var name = Html.Isolated(words.Kind(reader, detail.Detail)!);
        return $"""<a href="{detail.Address}"{Html.When(isCurrent, $" aria-current=\"true\"")}>{name}</a>""";
    }

    private Html List(Reader reader, Topic topic, Page<AccountSummary> page, bool isContinued)
    {
        Html found =
            page.Items.Count == 0
                ? $"""
              <p class="empty">{(page.Next is null
                  ? reader.Say("No account is held back by it.")
                  : reader.Say("None of these yet; the list goes on."))}</p>
              """
                : accounts.Of(reader, page.Items, reader.Say("Accounts"));
        Html next = page.Next is null
            ? Html.Empty
            : $"""
              <a rel="next" href="{Links.With(
                  $"/causes/{topic.Cause}", ("about", topic.Detail), ("cursor", page.Next))}">{reader.Say(
                      "Show more")}</a>
              """;
        Html first = isContinued ? $"""<a href="{topic.Address}">{reader.Say("Back to the first")}</a>""" : Html.Empty;
        return next.IsEmpty && first.IsEmpty
            ? found
            : $"""{found}<nav class="more" aria-label="{reader.Say("More accounts")}">{first}{next}</nav>""";
    }

    /// <summary>How far those who build the product are with it, once it is theirs.</summary>
    private static Html Standing(Reader reader, Problem? problem) =>
        problem is null
            ? Html.Empty
            : $"""
                <div class="note">{ProblemParts.Standing(reader, problem)}
                <p class="line"><a href="{ProblemParts.Address(problem.Id)}">{reader.Say("The problem and the accounts behind it")}</a></p>
                </div>
                """;

    private static Html HandOver(Reader reader, Topic topic, Problem? problem)
    {
        if (!reader.May(DashboardRole.Manager) || CauseCatalogue.IsPraise(topic.Cause) || problem is { State: not ProblemState.Solved })
            return Html.Empty;
        return $"""
            <details class="act"><summary>{reader.Say("Hand over to engineering")}</summary>{Form.Post(
                reader,
                ProblemParts.HandPath,
                $"""
                {Form.Hidden(ProblemParts.CauseField, topic.Cause)}{Form.Hidden(ProblemParts.AboutField, topic.Detail ?? "")}
                {ProblemParts.NoteAndLink(reader, reader.Say("What they are to know (optional)"), null)}
                {Form.Button(reader.Say("Hand over"))}
                """
            )}</details>
            """;
    }
}
