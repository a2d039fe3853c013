using Signals.Core.State.Work;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard.Today;

/// <summary>What the reader wrote down to do, and what colleagues handed to them; nothing for who has no name here.</summary>
internal sealed class OwnWork(WorkBook work)
{
    private const int Shown = 10;

    /// <summary>Steps are shown so many days ahead.</summary>
    private const int DaysAhead = 3;

    public async Task<Html> OfAsync(Reader reader, string address, CancellationToken cancellationToken)
    {
        if (reader.User is not { } user)
            return Html.Empty;
        var steps = await work.StepsAsync(user.Address, reader.Today.AddDays(DaysAhead), Shown, cancellationToken);
        var handed = await work.HandedAsync(user.Address, Shown, cancellationToken);
        if (steps.Count + handed.Count == 0)
            return Html.Empty;
        return $"""
            <section class="own-work"><h2>{reader.Say("Yours to do")} <span class="quiet">{steps.Count + handed.Count}</span></h2>
            <ul class="list steps">{steps.Select(step => Step(reader, step, address))}{handed.Select(one => Handed(reader, one))}</ul>
            </section>
            """;
    }

    private static Html Step(Reader reader, ListedWork step, string address)
    {
        Html name = $"""<a href="{Links.Account(step.AccountId)}#work">{Html.Isolated(step.AccountName)}</a>""";
        return $"""
            <li><div class="what"><p>{name}{reader.Colon}{Html.Isolated(step.Text)}</p>
            <p class="line quiet">{StepParts.Due(reader, step.Due!.Value)}</p></div>
            <div class="actions">{StepParts.Done(reader, step.AccountId, step.Id, step.Text, address)}</div></li>
            """;
    }

    private static Html Handed(Reader reader, ListedWork account)
    {
        Html words = account.Text.Length == 0 ? Html.Empty : Html.Of($" <q>{Html.Isolated(account.Text)}</q>");
        return $"""
            <li><div class="what"><p><a href="{Links.Account(account.AccountId)}#work">{Html.Isolated(account.AccountName)}</a>{words}</p>
            <p class="line quiet">{reader.SayHtml($"handed to you by {reader.Who(account.By)} {reader.TimeAgo(account.At)}")}</p></div></li>
            """;
    }
}
