using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.Causes;

/// <summary>One cause: how it grew, what it is about, and the accounts it holds back.</summary>
internal sealed class CausePage(FigureBook figures, AccountLists lists, AccountTable accounts, CauseWords words, TimeProvider clock)
    : IDashboardPage
{
    private const int Days = 90;
    private const int RowsPerShard = 16;

    /// <summary>Rows of the cause's list that one request reads at most.</summary>
    private const int MaxScanned = 2000;

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
        var page = await AccountsAsync(topic, after, request.Cancellation);
        return new DashboardPage(
            title,
            $"""
            {Heading.Back("/causes", reader.Say("All causes"))}
            {Heading.Of(Html.Isolated(title), Html.Empty)}
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

    private async Task<Page<AccountSummary>> AccountsAsync(Topic topic, string? after, CancellationToken cancellationToken)
    {
        var found = new List<AccountSummary>();
        string? last = after;
        int scanned = 0;
        await foreach (var (account, cursor) in lists.ReadAsync(AccountLists.ByCause(topic.Cause), after, RowsPerShard, cancellationToken))
        {
            if (found.Count == Page<AccountSummary>.Size || scanned == MaxScanned)
                return new Page<AccountSummary>(found, Cursor.Accounts.Write(last!));
            (last, scanned) = (cursor, scanned + 1);
            if (IsAbout(account, topic))
                found.Add(account);
        }
        return new Page<AccountSummary>(found, null);
    }

    private static bool IsAbout(AccountSummary account, Topic topic) =>
        topic.Detail is null
        || account.Causes.Any(cause => cause.Id == topic.Cause && cause.Detail == topic.Detail)
        || account.Affected?.GetValueOrDefault(PeopleSummaries.Key(topic.Cause, topic.Detail)) > 0;
}
