using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Identity;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>Gathers what customers ask for, one account after the other, and puts alike requests together.</summary>
/// <remarks>
/// Two are alike that share half of the words they are about, or all of the fewer (Jaccard 1901, Szymkiewicz 1934). Requests of two
/// languages share no words: those a person merges.
/// </remarks>
public sealed class RequestSurvey(int today)
{
    /// <summary>How far back requests are told.</summary>
    public const int KeepDays = 365;

    /// <summary>Requests that are listed, those with most money behind them.</summary>
    public const int MaxListed = 100;

    /// <summary>Texts that are held while accounts are read: the newest.</summary>
    private const int Newest = 3000;

    private const double LeastShared = 0.5;
    private const int MaxNameChars = 120;

    private readonly PriorityQueue<Asked, (DateTimeOffset At, string Account)> _asked = new();

    public void Add(AccountContext account)
    {
        foreach (var answer in account.Account.Feedback.Answers.Where(answer => answer.Kind != FeedbackKind.Leaving))
            Add(account, answer.At, answer.Words, answer.Person);
        foreach (var ticket in account.Account.Tickets.All)
        {
            if (ticket.OpenedAt is { } opened)
                Add(account, opened, ticket.Words, ticket.Person);
        }
    }

    /// <summary>Most money first, then most accounts.</summary>
    public IReadOnlyList<FeatureRequest> Measure()
    {
        var groups = new List<List<Asked>>();
        // In the order of time: the first who asked gives a request its key, and keeps it as long as they are known.
        foreach (
            var one in _asked
                .UnorderedItems.Select(item => item.Element)
                .OrderBy(one => one.Voice.At)
                .ThenBy(one => one.Voice.Account, StringComparer.Ordinal)
        )
        {
            var like = groups.Find(group => AreAlike(group[0].Words, one.Words));
            if (like is null)
                groups.Add([one]);
            else
                like.Add(one);
        }
        return
        [
            .. groups
                .Select(Of)
                .OrderByDescending(request => request.Price)
                .ThenByDescending(request => request.Accounts)
                .ThenBy(request => request.Key, StringComparer.Ordinal)
                .DistinctBy(request => request.Key, StringComparer.Ordinal)
                .Take(MaxListed),
        ];
    }

    private void Add(AccountContext account, DateTimeOffset at, CustomerWords? words, string? person)
    {
        int day = Days.Of(at);
        if (words?.Remark(RemarkKind.Request) is not { } remark || day > today || day <= today - KeepDays)
            return;
        var about = words
            .Themes.SelectMany(theme => TextTheme.KeyOf(theme.Name).Split(' '))
            .Where(word => word.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        if (about.Count == 0)
            return;
        string name = account.Facts.Name.Length > MaxNameChars ? account.Facts.Name[..MaxNameChars] : account.Facts.Name;
        var voice = new RequestVoice(
            account.Facts.Id,
            name,
            account.IsChurned ? 0 : account.Facts.Price,
            string.IsNullOrEmpty(person) ? null : new PersonKey(person).ProvisionalId,
            remark.Sentence,
            at
        );
        _asked.Enqueue(new Asked(voice, about), (at, account.Facts.Id));
        if (_asked.Count > Newest)
            _asked.Dequeue();
    }

    private static bool AreAlike(HashSet<string> one, HashSet<string> other)
    {
        int shared = one.Count(other.Contains);
        return shared > 0
            && (shared >= LeastShared * (one.Count + other.Count - shared) || (shared > 1 && shared == Math.Min(one.Count, other.Count)));
    }

    private static FeatureRequest Of(List<Asked> group)
    {
        // An account asks once, by its newest words.
        var voices = group.GroupBy(one => one.Voice.Account, StringComparer.Ordinal).Select(account => account.Last().Voice).ToList();
        return new FeatureRequest(
            $"{MessageHash.Of(string.Join(' ', group[0].Words.Order(StringComparer.Ordinal))):x16}",
            group
                .Select(one => one.Voice.Sentence)
                .OrderBy(sentence => sentence.Length)
                .ThenBy(sentence => sentence, StringComparer.Ordinal)
                .First(),
            voices.Count,
            Math.Round(voices.Sum(voice => voice.Price), 2),
            group[0].Voice.At,
            group[^1].Voice.At,
            [
                .. voices
                    .OrderByDescending(voice => voice.Price)
                    .ThenBy(voice => voice.Account, StringComparer.Ordinal)
                    .Take(FeatureRequest.MaxVoices),
            ]
        );
    }

    private sealed record Asked(RequestVoice Voice, HashSet<string> Words);
}
