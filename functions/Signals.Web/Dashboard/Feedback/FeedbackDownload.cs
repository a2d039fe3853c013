using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.CustomerVoice;
using Signals.Web.Csv;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>The page of words that is looked at, as a file.</summary>
internal sealed class FeedbackDownload(VerbatimBook book) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var reader = request.Reader;
        var texts = await VerbatimQuery.Of(request).ReadAsync(book, request.Cancellation);
        await using var file = await CsvFile.BeginAsync(
            response,
            "feedback",
            reader.Language,
            reader.Say("at", "date"),
            reader.Say("from", "source"),
            reader.Say("channel", "canal"),
            reader.Say("score", "score"),
            reader.Say("feeling", "sentiment"),
            reader.Say("text", "texte"),
            reader.Say("about", "sujets"),
            reader.Say("account", "compte"),
            reader.Say("account id", "id du compte"),
            reader.Say("person", "personne")
        );
        foreach (var text in texts)
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
