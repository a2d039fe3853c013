using Signals.Core.Platform.Languages;
using Signals.Core.State.Work;

namespace Signals.Web.Dashboard.Account;

/// <summary>The team's notes, as they stand in an account's timeline.</summary>
internal sealed class NotesTimeline(AccountNotes notes) : ITimelineSource
{
    private const int Newest = 30;
    private const int MaxQuote = 160;

    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(Reader reader, AccountFile file, CancellationToken cancellationToken) =>
        [
            .. (await notes.ReadAsync(file.Account.Key, null, Newest, cancellationToken)).Select(note => new TimelineEntry(
                note.At,
                reader.SayHtml($"Note by {reader.Who(note.By)}")
            )
            {
                More = $"<q>{Html.Isolated(Excerpt.Of(note.Text, MaxQuote))}</q>",
            }),
        ];
}
