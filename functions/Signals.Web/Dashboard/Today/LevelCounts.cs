using Signals.Core.Daily.Figures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Web.Dashboard.Today;

/// <summary>
/// How many customers are on each level, what they pay, and how that differs from a day before. As measured last, over all accounts.
/// </summary>
internal sealed class LevelCounts(FigureBook book)
{
    private const int LookBackDays = 3;

    private static readonly RiskLevel[] Order = [RiskLevel.Critical, RiskLevel.AtRisk, RiskLevel.Watch, RiskLevel.Healthy];

    public async Task<Html> OfAsync(Reader reader, CancellationToken cancellationToken)
    {
        int today = Days.Of(reader.Now);
        var days = await book.ReadAsync(today - LookBackDays, today, cancellationToken);
        if (days.Count == 0)
            return Html.Empty;
        var now = days[^1];
        var before = days.Count > 1 ? days[^2] : null;
        double atStake = now.Levels[(int)RiskLevel.AtRisk].Price + now.Levels[(int)RiskLevel.Critical].Price;
        var levels = Order.Select(level => Figure(reader, level, now.Levels[(int)level].Accounts, before?.Levels[(int)level].Accounts));
        return $"""
            <dl class="figures">
            {levels}
            <div><dt>{reader.Say("At stake a month")}</dt><dd>{reader.Money(Math.Round(atStake))}</dd></div>
            </dl>
            """;
    }

    private static Html Figure(Reader reader, RiskLevel level, int accounts, int? before)
    {
        int change = accounts - (before ?? accounts);
        string sign = change > 0 ? "+" : "−";
        Html difference = change == 0 ? Html.Empty : $""" <span class="quiet">{sign}{reader.Whole(Math.Abs(change))}</span>""";
        return $"""
            <div><dt>{Levels.Badge(reader, level)}</dt>
            <dd><a href="/accounts?risk={level.Name()}">{reader.Whole(accounts)}</a>{difference}</dd></div>
            """;
    }
}
