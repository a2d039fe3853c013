using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.CustomerVoice;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What customers ask for, as a file: a line a request.</summary>
internal sealed class RequestsDownload(RequestBook book) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var decisions = await book.ReadDecisionsAsync(request.Cancellation);
        await using var file = await CsvFile.BeginAsync(
            response,
            "requests",
            reader.Language,
            reader.Say("request"),
            reader.Say("accounts"),
            reader.Say("price a month"),
            reader.Say("asked first"),
            reader.Say("asked last"),
            reader.Say("closed"),
            reader.Say("note")
        );
        foreach (var one in RequestBook.Merged(await book.ReadAsync(request.Cancellation), decisions))
        {
            var decision = decisions.GetValueOrDefault(one.Key);
            await file.RowAsync(one.Title, one.Accounts, one.Price, one.First, one.Last, decision?.ClosedAt, decision?.Note);
        }
    }
}
