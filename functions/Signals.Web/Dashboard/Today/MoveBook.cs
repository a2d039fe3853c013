using Signals.Core.State.Indexes;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.Today;

/// <summary>Accounts that changed their level since a day: newly at risk, recovered, gone. Strategic ones come first.</summary>
internal sealed class MoveBook(AccountLists lists, CauseWords causes)
{
    private const int Shown = 12;

    /// <summary>Rows of each list that are read at most.</summary>
    private const int MaxRead = 150;

    public async Task<IReadOnlyList<Moves>> ReadAsync(Reader reader, TodayFilter filter, CancellationToken cancellationToken)
    {
        var since = reader.StartOf(reader.Today.AddDays(-filter.Days));
        return
        [
            await ReadAsync(AccountLists.Worsened, filter, since, cancellationToken),
            await ReadAsync(AccountLists.Recovered, filter, since, cancellationToken),
            await ReadAsync(AccountLists.Gone, filter, since, cancellationToken),
        ];
    }

    public Html Of(Reader reader, IReadOnlyList<Moves> moves, TodayFilter filter)
    {
        int days = filter.Days;
        string week = (filter with { Days = days == 1 ? 7 : 1 }).Address();
        string other = days == 1 ? reader.Say("Show the last 7 days") : reader.Say("Show since yesterday");
        return $"""
            <section><h2>{(days == 1 ? reader.Say("Since yesterday") : reader.Say("Last 7 days"))}</h2>
            <p class="line"><a href="{week}">{other}</a></p>
            {List(reader, reader.Say("Newly at risk"), moves[0], days)}
            {List(reader, reader.Say("Recovered"), moves[1], days)}
            {List(reader, reader.Say("Left"), moves[2], days)}
            </section>
            """;
    }

    private async Task<Moves> ReadAsync(string list, TodayFilter filter, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<AccountSummary>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int read = 0;
        bool complete = true;
        await foreach (var (account, _) in lists.ReadAsync(list, null, Shown * 2, cancellationToken))
        {
            if (account.Since < since)
                break;
            if (read++ == MaxRead)
            {
                complete = false;
                break;
            }
            if (IsIn(account, filter) && seen.Add(account.Key))
                found.Add(account);
        }
        return new Moves([.. found.OrderByDescending(account => account.Strategic).Take(Shown)], found.Count, complete);
    }

    private static bool IsIn(AccountSummary account, TodayFilter filter) =>
        (filter.Csm is null || string.Equals(account.Csm, filter.Csm, StringComparison.OrdinalIgnoreCase))
        && (filter.Segment is null || account.Segments?.Contains(filter.Segment, StringComparer.Ordinal) == true);

    private Html List(Reader reader, string name, Moves moves, int days)
    {
        Html rows =
            moves.First.Count == 0
                ? Html.Of(
                    $"""
              <p class="line quiet">{(days == 1
                  ? reader.Say("Nobody since yesterday.")
                  : reader.Say("Nobody in 7 days."))}</p>
              """
                )
                : Html.Of($"""<ul class="list moves">{moves.First.Select(account => Row(reader, account))}</ul>""");
        int others = moves.Total - moves.First.Count;
        Html more =
            others > 0
                ? $"""
              <p class="line quiet">{reader.Count(
                  others, "and {0} more", "and {0} more")}{(moves.Complete ? "" : "+")}</p>
              """
                : Html.Empty;
        Html count = moves.Total == 0 ? Html.Empty : $""" <span class="quiet">{moves.Total}{(moves.Complete ? "" : "+")}</span>""";
        return $"<h3>{name}{count}</h3>{rows}{more}";
    }

    private Html Row(Reader reader, AccountSummary account)
    {
        Html why =
            account.Level > account.Previous && account.Causes.Count > 0
                ? $"""<p class="line quiet">{causes.NameWithKind(reader, account.Causes[0].Id, account.Causes[0].Detail)}</p>"""
                : Html.Empty;
        Html to = account.Left ? $"{reader.Say("gone")}" : Levels.Badge(reader, account.Level);
        return $"""
            <li><p><a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>{AccountTable.Strategic(
                reader, account.Strategic)}</p>
            <p class="line">{Levels.Badge(reader, account.Previous)}
            <span aria-hidden="true">→</span><span class="unseen">{reader.Say("then")}</span> {to}
            <span class="quiet">{reader.TimeAgo(account.Since)}</span></p>{why}</li>
            """;
    }
}

/// <summary>The first of some moves, and how many there are (or more, when <paramref name="Complete"/> is false).</summary>
internal sealed record Moves(IReadOnlyList<AccountSummary> First, int Total, bool Complete);
