using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Model;
using Signals.Core.State.Work;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>The page of words that is looked at, as a file.</summary>
internal sealed class FeedbackDownload(VerbatimBook book, WorkBook work, ValueModel model) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var found = await VerbatimQuery.Of(request).ReadAsync(book, new Loops(work, model), request.Cancellation);
        await using var file = await CsvFile.BeginAsync(
            response,
            "feedback",
            reader.Language,
            reader.Say("at"),
            reader.Say("from"),
            reader.Say("channel"),
            reader.Say("score"),
            reader.Say("feeling"),
            reader.Say("text"),
            reader.Say("column|about"),
            reader.Say("account"),
            reader.Say("account id"),
            reader.Say("person")
        );
        foreach (var text in found.Texts)
        {
            await file.RowAsync(
                text.At,
                FeedbackWords.Source(reader, text.Source),
                text.Channel,
                text.Score,
                FeedbackWords.Sentiment(reader, text.Sentiment),
                text.Text,
                string.Join(", ", text.Themes.Select(theme => theme.Name)),
                text.AccountName,
                text.Account,
                text.Person
            );
        }
    }
}
