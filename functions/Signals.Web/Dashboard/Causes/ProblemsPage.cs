using Signals.Core.Response.Problems;

namespace Signals.Web.Dashboard.Causes;

/// <summary>What was handed over to those who build the product, and how far it is: open ones first.</summary>
internal sealed class ProblemsPage(ProblemBook problems, CauseWords words) : IDashboardPage
{
    public const string Path = "/problems";

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var all = await problems.ReadAllAsync(request.Cancellation);
        var open = all.Where(problem => problem.State != ProblemState.Solved).OrderByDescending(problem => problem.Then.Price).ToList();
        var solved = all.Where(problem => problem.State == ProblemState.Solved).ToList();
        string title = reader.Say("Problems handed over");
        string lead = reader.Say("What holds several accounts back, in the hands of those who build the product. Most money comes first.");
        Html done =
            solved.Count == 0
                ? Html.Empty
                : $"""
                    <section><h2>{reader.Say("Solved")}</h2>
                    <ul class="list problems">{solved.Select(one => Row(reader, one))}</ul></section>
                    """;
        return new DashboardPage(
            title,
            $"""
            {Heading.Back("/causes", reader.Say("All causes"))}
            {Heading.Of(title, lead)}
            {(open.Count == 0
                ? Html.Of($"""
                  <p class="empty">{reader.Say(
                      "Nothing is in their hands. A cause’s page, or that of one of its steps, features and obstacles, hands it over.")}</p>
                  """)
                : Html.Of($"""<ul class="list problems">{open.Select(one => Row(reader, one))}</ul>"""))}
            {done}
            """
        );
    }

    private Html Row(Reader reader, Problem problem) =>
        $"""
            <li><p><a href="{ProblemParts.Address(problem.Id)}">{Html.Isolated(
                words.NameWithKind(reader, problem.Cause, problem.Detail))}</a></p>
            <p class="line quiet"><strong>{reader.Price(Math.Round(problem.Then.Price))}</strong> · {reader.Count(
                problem.Then.Accounts, "{0} account", "{0} accounts")}</p>
            {ProblemParts.Standing(reader, problem)}</li>
            """;
}
