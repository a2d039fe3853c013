using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Web.Dashboard.Today;

/// <summary>
/// How many customers are on each level, what they pay, and how that differs from a day before; of all accounts, one manager's or a
/// segment's. As measured last.
/// </summary>
internal sealed class LevelCounts(FigureBook book, MeasurePass measures)
{
    private const int LookBackDays = 3;

    private static readonly RiskLevel[] Order = [RiskLevel.Critical, RiskLevel.AtRisk, RiskLevel.Watch, RiskLevel.Healthy];

    public async Task<Html> OfAsync(Reader reader, TodayFilter filter, CancellationToken cancellationToken)
    {
        var csm = filter.Csm;
        if (filter.Segment is { } segment)
            return csm is null ? await OfSegmentAsync(reader, segment, cancellationToken) : Html.Empty;
        if (csm is not null)
            return await OfManagerAsync(reader, csm, cancellationToken);
        int today = Days.Of(reader.Now);
        var days = await book.ReadAsync(today - LookBackDays, today, cancellationToken);
        if (days.Count == 0)
            return Html.Empty;
        var now = days[^1];
        var before = days.Count > 1 ? days[^2] : null;
        // Trials pay nothing yet: the page about money tells the same sum.
        var revenue = await measures.ReadRevenueAsync(cancellationToken);
        return Figures(
            reader,
            Order.Select(level => Figure(reader, level, now.Levels[(int)level].Accounts, before?.Levels[(int)level].Accounts)),
            revenue?.Levels ?? now.Levels
        );
    }

    /// <summary>Those of one manager; of one who looks after nobody there are none, which the page tells.</summary>
    private async Task<Html> OfManagerAsync(Reader reader, string csm, CancellationToken cancellationToken)
    {
        if (await measures.ReadRevenueAsync(cancellationToken) is not { } revenue)
            return Html.Empty;
        var own = revenue.Managers.FirstOrDefault(manager => string.Equals(manager.Csm, csm.Trim(), StringComparison.OrdinalIgnoreCase));
        return own is null
            ? Html.Empty
            : Figures(reader, Order.Select(level => Figure(reader, level, own.Levels[(int)level].Accounts, null, csm)), own.Levels);
    }

    /// <summary>Those of a segment; of a manager's in it nobody counts.</summary>
    private async Task<Html> OfSegmentAsync(Reader reader, string segment, CancellationToken cancellationToken)
    {
        var own = (await measures.ReadOwnAsync(cancellationToken)).Segments.FirstOrDefault(one => one.Id == segment)?.In;
        return own is null
            ? Html.Empty
            : Figures(
                reader,
                Order.Select(level => Figure(reader, level, own.Levels[(int)level].Accounts, null, segment: segment)),
                own.Levels
            );
    }

    private static Html Figures(Reader reader, IEnumerable<Html> levels, IReadOnlyList<LevelFigures> figures)
    {
        double atStake = figures[(int)RiskLevel.AtRisk].Price + figures[(int)RiskLevel.Critical].Price;
        return $"""
            <dl class="figures">
            {levels}
            <div><dt>{reader.Say("At stake a month")}</dt><dd><a href="/revenue">{reader.Money(Math.Round(atStake))}</a></dd></div>
            </dl>
            """;
    }

    private static Html Figure(Reader reader, RiskLevel level, int accounts, int? before, string? csm = null, string? segment = null)
    {
        int change = accounts - (before ?? accounts);
        string sign = change > 0 ? "+" : "−";
        Html difference = change == 0 ? Html.Empty : $""" <span class="quiet">{sign}{reader.Whole(Math.Abs(change))}</span>""";
        return $"""
            <div><dt>{Levels.Badge(reader, level)}</dt>
            <dd><a href="{Links.With(
                "/accounts",
                ("risk", level.Name()),
                (CsmChoice.Parameter, csm),
                (OwnSegments.Parameter, segment)
            )}">{reader.Whole(accounts)}</a>{difference}</dd></div>
            """;
    }
}
