using Signals.Core.Response.Problems;
using Signals.Web.Dashboard.Causes;

namespace Signals.Web.Dashboard.Account;

/// <summary>What became of the product's problems that hold the account back, or did when they were handed over.</summary>
internal sealed class ProblemsSection(ProblemBook problems, CauseWords words)
{
    private const int MostCauses = 12;

    public async Task<Html> OfAsync(Reader reader, AccountFile file, CancellationToken cancellationToken)
    {
        var found = new List<Problem>(await problems.BehindAsync(file.Account.Key, cancellationToken));
        var ids = file
            .Causes.SelectMany(cause => new[] { Problem.IdOf(cause.Id, cause.Detail), Problem.IdOf(cause.Id, null) })
            .Distinct(StringComparer.Ordinal)
            .Except(found.Select(problem => problem.Id), StringComparer.Ordinal)
            .Take(MostCauses);
        foreach (string id in ids.ToList())
        {
            if (await problems.FindAsync(id, cancellationToken) is { } problem)
                found.Add(problem);
        }
        if (found.Count == 0)
            return Html.Empty;
        return $"""
            <section id="problems"><h2>{reader.Say("In the hands of those who build the product")}</h2>
            <ul class="list problems">{found.Select(problem => Row(reader, problem))}</ul></section>
            """;
    }

    private Html Row(Reader reader, Problem problem) =>
        $"""
            <li><p><a href="{ProblemParts.Address(problem.Id)}">{Html.Isolated(
                words.NameWithKind(reader, problem.Cause, problem.Detail))}</a></p>
            {ProblemParts.Standing(reader, problem)}</li>
            """;
}
