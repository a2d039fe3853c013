using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Figures;

/// <summary>
/// Writes today's <see cref="DayFigures"/> from the list of accounts: a query for each thousand of them, and no account is read. Running it
/// again replaces the day's figures by newer ones.
/// </summary>
public sealed class FigurePass(AccountLists lists, FigureBook book, UnreadableRows unreadable, TimeProvider clock)
{
    public async Task<DayFigures> RunAsync(CancellationToken cancellationToken)
    {
        var survey = new FigureSurvey(Days.Of(clock.GetUtcNow()));
        var pass = unreadable.Begin(BackgroundWork.Figures);
        await foreach (var (account, _) in lists.ReadAsync(AccountLists.ByRisk, null, EntityLimits.MaxPage, pass, cancellationToken))
            survey.Add(account);
        var figures = survey.ToFigures();
        await book.SaveAsync(figures, cancellationToken);
        await pass.EndAsync(cancellationToken);
        return figures;
    }
}
