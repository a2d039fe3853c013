using Signals.Core.State.Indexes;
using Signals.Web.Dashboard.Accounts;

namespace Signals.Web.Dashboard.Today;

/// <summary>The ten accounts that matter most: money times chance, why, and what to do. Rows of lists are read, and no account.</summary>
internal sealed class FirstTen(AccountLists lists, CauseWords causes)
{
    private const int Shown = 10;

    /// <summary>
    /// So many are looked at: of those with most at stake some are well, and a manager's or a segment's accounts stand by level.
    /// </summary>
    private const int MaxRead = 100;

    public async Task<IReadOnlyList<AccountSummary>> ReadAsync(TodayFilter filter, CancellationToken cancellationToken)
    {
        var (csm, segment) = (filter.Csm, filter.Segment);
        bool isAll = csm is null && segment is null;
        var found = new Dictionary<string, AccountSummary>(StringComparer.Ordinal);
        var (list, range) =
            csm is not null ? (AccountLists.ByCsm(csm), "")
            : segment is not null ? (AccountLists.BySegment(segment), "")
            : (AccountLists.InOrder, AccountLists.ByStake);
        int left = MaxRead;
        await foreach (var (account, cursor) in lists.ReadAsync(list, range, Shown, cancellationToken))
        {
            if (!cursor.StartsWith(range, StringComparison.Ordinal))
                break;
            bool isIn = segment is null || account.Segments?.Contains(segment, StringComparer.Ordinal) == true;
            if (isIn && account is { Left: false, Price: > 0 } && IsWorthALook(account))
                found.TryAdd(account.Key, account);
            if (--left == 0 || (isAll && found.Count == Shown))
                break;
        }
        return isAll ? [.. found.Values] : [.. found.Values.OrderByDescending(account => account.Stake).Take(Shown)];
    }

    public Html Of(Reader reader, IReadOnlyList<AccountSummary> accounts, TodayFilter filter) =>
        accounts.Count == 0
            ? Html.Empty
            : $"""
                <section class="ten"><h2>{reader.Say("The ten that matter most")}</h2>
                <p class="lead">{reader.Say("By what is at stake: what they pay, times the chance that they leave.")}</p>
                <ol class="list">{accounts.Select(account => Row(reader, account))}</ol>
                <p class="more"><a href="{Links.With(
                    AccountFilters.Path,
                    ("sort", "stake"),
                    (CsmChoice.Parameter, filter.Choice.Value),
                    (OwnSegments.Parameter, filter.Segment)
                )}">{reader.Say("All accounts by what is at stake")}</a></p></section>
                """;

    /// <summary>Who is well and simply pays much is nobody to call today.</summary>
    private static bool IsWorthALook(AccountSummary account) =>
        account.Level > Core.Model.RiskLevel.Healthy || account.Causes.Any(cause => cause.Id != Core.Model.CauseIds.Delight);

    private Html Row(Reader reader, AccountSummary account)
    {
        var cause = account.Causes.Count > 0 ? account.Causes[0] : null;
        Html why = cause is null
            ? Html.Of($"{reader.Say("No cause is sure yet")}")
            : Html.Of(
                $"""
                <strong>{causes.NameWithKind(reader, cause.Id, cause.Detail)}</strong>{(cause.Evidence.IsEmpty
                    ? Html.Empty
                    : Html.Of($"{reader.Colon}{Html.Isolated(reader.Say(cause.Evidence))}"))}
                """
            );
        Html renewal =
            account.RenewalAt is { } renews && renews > reader.Now ? reader.SayHtml($"renews {reader.TimeAgo(renews)}") : Html.Empty;
        return $"""
            <li><h3><a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>{AccountTable.Strategic(
                reader, account.Strategic)}</h3>
            <p class="line">{Levels.Badge(reader, account.Level)} <span class="score">{account.Score}</span> · {Html.Join(
                " · ",
                Html.Of($"<strong>{reader.Price(account.Price)}</strong>"),
                renewal,
                account.Csm is { } csm ? Html.Isolated(csm) : Html.Empty)}</p>
            <p class="line">{why}</p>
            <p class="line todo">{NextSteps.Of(reader, cause?.Id)}</p></li>
            """;
    }
}
