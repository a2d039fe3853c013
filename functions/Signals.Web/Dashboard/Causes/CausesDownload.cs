using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Figures;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Causes;

/// <summary>Everything that holds customers back, as a file.</summary>
internal sealed class CausesDownload(FigureBook figures, CauseWords words, TimeProvider clock) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var history = await CauseHistory.ReadAsync(figures, clock, CauseHistory.ChangeDays, request.Cancellation);
        await using var file = await CsvFile.BeginAsync(
            response,
            "causes",
            reader.Language,
            reader.Say("cause", "cause"),
            reader.Say("about", "sujet"),
            reader.Say("price a month", "prix par mois"),
            reader.Say("accounts", "comptes"),
            reader.Say($"accounts {CauseHistory.ChangeDays} days ago", $"comptes il y a {CauseHistory.ChangeDays} jours"),
            reader.Say("accounts at risk", "comptes à risque"),
            reader.Say("people", "personnes")
        );
        foreach (var topic in history.Ranked())
        {
            await file.RowAsync(
                CauseWords.Name(reader, topic.Cause),
                words.Kind(topic.Detail),
                topic.Figures.Price,
                topic.Figures.Accounts,
                history.Before?.Of(topic.Cause, topic.Detail).Accounts,
                topic.Figures.AtRisk,
                topic.Figures.People
            );
        }
    }
}
