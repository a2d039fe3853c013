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
            reader.Say("cause"),
            reader.Say("about"),
            reader.Say("price a month"),
            reader.Say("accounts"),
            reader.Say($"accounts {CauseHistory.ChangeDays} days ago"),
            reader.Say("accounts at risk"),
            reader.Say("people")
        );
        foreach (var topic in history.Ranked())
        {
            await file.RowAsync(
                CauseWords.Name(reader, topic.Cause),
                words.Kind(reader, topic.Detail),
                topic.Figures.Price,
                topic.Figures.Accounts,
                history.Before?.Of(topic.Cause, topic.Detail).Accounts,
                topic.Figures.AtRisk,
                topic.Figures.People
            );
        }
    }
}
