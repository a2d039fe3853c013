using Signals.Core.Daily.Satisfaction;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Identity;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>Gathers what customers wrote, one account after the other: the newest of each sentiment, and what is spoken of.</summary>
public sealed class VerbatimSurvey(int today)
{
    /// <summary>Texts of each sentiment that are kept.</summary>
    public const int Newest = 200;

    /// <summary>Themes are of texts no older than this.</summary>
    public const int ThemeDays = 90;

    private const int MaxNameChars = 200;

    private readonly Dictionary<TextSentiment, PriorityQueue<Verbatim, (DateTimeOffset At, string Account, string Text)>> _newest = [];
    private readonly Dictionary<TextSentiment, int> _counts = [];
    private readonly ThemeTally _themes = new();

    public void Add(AccountContext account)
    {
        var written = Of(account).Where(text => Days.Of(text.At) <= today).ToList();
        foreach (var text in written)
        {
            if (!_newest.TryGetValue(text.Sentiment, out var newest))
                _newest[text.Sentiment] = newest = new PriorityQueue<Verbatim, (DateTimeOffset, string, string)>();
            newest.Enqueue(text, (text.At, text.Account, text.Text));
            if (newest.Count > Newest)
                newest.Dequeue();
        }
        var recent = written.Where(text => Days.Of(text.At) > today - ThemeDays).ToList();
        foreach (var text in recent)
            _counts[text.Sentiment] = _counts.GetValueOrDefault(text.Sentiment) + 1;
        _themes.Add(recent.Select(text => text.Themes));
    }

    /// <summary>How many texts there are of each sentiment within <see cref="ThemeDays"/> days.</summary>
    public IReadOnlyDictionary<TextSentiment, int> Counts => _counts;

    public IReadOnlyList<ThemeCount> Themes() => _themes.Most();

    /// <summary>The texts that are kept, the newest first.</summary>
    public IReadOnlyList<Verbatim> Kept() =>
        [
            .. _newest
                .Values.SelectMany(newest => newest.UnorderedItems.Select(item => item.Element))
                .OrderByDescending(text => text.At)
                .ThenBy(text => text.Account, StringComparer.Ordinal)
                .ThenBy(text => text.Text, StringComparer.Ordinal),
        ];

    private static IEnumerable<Verbatim> Of(AccountContext account)
    {
        string name = account.Facts.Name.Length > MaxNameChars ? account.Facts.Name[..MaxNameChars] : account.Facts.Name;
        foreach (var answer in account.Account.Feedback.Answers)
        {
            if (answer is { Comment: { Length: > 0 } comment, Words: { } words })
                yield return Of(answer.At, (VerbatimSource)answer.Kind, comment, words, answer.Person) with
                {
                    Channel = ChannelOf(answer),
                    Score = double.IsFinite(answer.Score) ? answer.Score : null,
                    Answer = answer.Key,
                };
        }
        foreach (var ticket in account.Account.Tickets.All)
        {
            if (ticket is { Text: { Length: > 0 } text, Words: { } words, OpenedAt: { } opened })
                yield return Of(opened, VerbatimSource.Ticket, text, words, ticket.Person);
        }

        Verbatim Of(DateTimeOffset at, VerbatimSource source, string text, CustomerWords words, string? person) =>
            new()
            {
                At = at,
                Source = source,
                Text = text,
                Sentiment = words.Sentiment,
                Themes = words.Themes,
                Account = account.Facts.Id,
                AccountName = name,
                Person = string.IsNullOrEmpty(person) ? null : new PersonKey(person).ProvisionalId,
            };
    }

    private static string? ChannelOf(FeedbackAnswer answer) => SurveyScore.ChannelOf(answer) is { Length: > 0 } channel ? channel : null;
}
