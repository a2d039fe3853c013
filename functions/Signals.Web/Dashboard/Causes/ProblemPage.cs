using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Problems;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Causes;

/// <summary>
/// A problem that was handed over: how far it is, what it cost then and costs now, and the accounts behind it with what is seen there.
/// </summary>
internal sealed class ProblemPage(
    ProblemBook problems,
    FigureBook figures,
    CauseWords words,
    IEntityStore store,
    ValueModel model,
    TimeProvider clock
) : IDashboardPage
{
    private const int Shown = 25;
    private const int ReadsAtOnce = 8;

    private readonly AccountRows _rows = new(store);

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string id = request.Route("id");
        if (await problems.FindAsync(id, request.Cancellation) is not { } problem)
            throw ApiRefusal.NotFound("problem", id);
        var history = await CauseHistory.ReadAsync(figures, clock, 1, request.Cancellation);
        var topic = new Topic(problem.Cause, problem.Detail, history.Now?.Of(problem.Cause, problem.Detail) ?? default);
        var accounts = await AccountsAsync(id, request.Cancellation);
        string title = words.NameWithKind(reader, problem.Cause, problem.Detail);
        return new DashboardPage(
            title,
            $"""
            {Heading.Back(ProblemsPage.Path, reader.Say("Problems handed over"))}
            {Heading.Of(
                Html.Isolated(title),
                reader.SayHtml($"handed over by {reader.Who(problem.HandedBy)} {reader.TimeAgo(problem.HandedAt)}"))}
            <div class="note">{ProblemParts.Standing(reader, problem)}</div>
            {ThenAndNow(reader, problem, history.Now is null ? null : topic.Figures)}
            <section><h2>{reader.Say("Accounts behind it")}</h2>
            <p class="lead">{reader.Say("Those that were held back when it was handed over, and what is seen there now.")}</p>
            {List(reader, accounts, topic)}
            <p class="more"><a href="{topic.Address}">{reader.Say("All accounts that it holds back now")}</a></p></section>
            {Change(reader, problem)}
            """
        );
    }

    private static Html ThenAndNow(Reader reader, Problem problem, TopicFigures? now)
    {
        var then = problem.Then;
        return Figures.Of(
            new Figure(reader.Say("Accounts"), reader.Whole(then.Accounts), Now(now?.Accounts)),
            new Figure(reader.Say("At risk or critical"), reader.Whole(then.AtRisk), Now(now?.AtRisk)),
            new Figure(reader.Say("People"), reader.Whole(then.People), Now(now?.People)),
            new Figure(
                reader.Say("They pay a month"),
                reader.Money(Math.Round(then.Price)),
                now is { } paid ? reader.Say($"{reader.Money(Math.Round(paid.Price))} now") : ""
            )
        );

        string Now(int? count) => count is { } known ? reader.Say($"{reader.Whole(known)} now") : "";
    }

    private Html List(Reader reader, IReadOnlyList<AccountState> accounts, Topic topic)
    {
        if (accounts.Count == 0)
            return Html.Of($"""<p class="empty">{reader.Say("None of them is kept any more.")}</p>""");
        return $"""
            <ul class="list problems">{accounts.Select(account => Row(reader, account, topic))}</ul>
            """;
    }

    private Html Row(Reader reader, AccountState account, Topic topic)
    {
        var facts = AccountFacts.Of(account, model);
        Html level = account.Review is { Left: false } review
            ? Html.Of($"{Levels.Badge(reader, review.Assessment.Risk.Level)} ")
            : Html.Empty;
        return $"""
            <li><p><a href="{Links.Account(facts.Id)}">{Html.Isolated(facts.Name)}</a> {level}<span class="quiet">{reader.Price(
                facts.Price)}</span></p><p class="line quiet">{Seen(reader, account, topic)}</p></li>
            """;
    }

    /// <summary>The first line of evidence; how many people, where the cause is not the account's first of its kind.</summary>
    private static Html Seen(Reader reader, AccountState account, Topic topic)
    {
        if (account.Review is { Left: true })
            return Html.Of($"{reader.Say("The customer has left.")}");
        var cause = account.Review?.Assessment.Causes.FirstOrDefault(found =>
            found.Id == topic.Cause && (topic.Detail is null || found.Detail == topic.Detail)
        );
        if (cause is { Evidence: [var line, ..] })
            return Html.Isolated(reader.Say(line.Text));
        int people = account.Review?.People.Affected.GetValueOrDefault(PeopleSummaries.Key(topic.Cause, topic.Detail)) ?? 0;
        return people > 0
            ? Html.Of($"{reader.Count(people, "{0} person is held back", "{0} people are held back")}")
            : Html.Of($"""<span class="tag good">{reader.Say("held back no more")}</span>""");
    }

    private static Html Change(Reader reader, Problem problem)
    {
        if (!reader.May(DashboardRole.Manager))
            return Html.Empty;
        return $"""
            <section class="approve"><h2>{reader.Say("How far is it?")}</h2>
            {Form.Post(
                reader,
                ProblemParts.Address(problem.Id),
                $"""
                {Form.Select(
                    ProblemParts.StateField,
                    reader.Say("State"),
                    problem.State.Name(),
                    ProblemStates.All.Select(known => (known.Name, ProblemParts.StateName(reader, known.State))))}
                {ProblemParts.NoteAndLink(reader, reader.Say("What is to be known, or what became of it"), problem)}
                {Form.Button(reader.Say("Save"))}
                """
            )}</section>
            """;
    }

    private async Task<IReadOnlyList<AccountState>> AccountsAsync(string id, CancellationToken cancellationToken)
    {
        var keys = new List<AccountKey>();
        await foreach (var (account, _) in problems.AccountsAsync(id, null, Shown, cancellationToken))
        {
            if (keys.Count == Shown)
                break;
            if (!keys.Contains(account))
                keys.Add(account);
        }
        var found = new AccountState?[keys.Count];
        await Parallel.ForAsync(
            0,
            keys.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => found[i] = await _rows.GetAccountAsync(keys[i], token)
        );
        return [.. found.OfType<AccountState>()];
    }
}
