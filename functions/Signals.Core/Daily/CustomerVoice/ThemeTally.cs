using Signals.Core.Intake.Text;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>Counts themes in bounded room: when there are too many, those that fewest accounts spoke of are forgotten.</summary>
/// <remarks>
/// After Manku and Motwani, "Approximate frequency counts over data streams" (2002): what is frequent stays, rare counts may be low.
/// </remarks>
internal sealed class ThemeTally
{
    /// <summary>Themes that are told.</summary>
    public const int MaxThemes = 60;

    private const int Room = 4000;

    private readonly Dictionary<string, Entry> _themes = new(StringComparer.Ordinal);

    /// <summary>Adds what the texts of one account are about.</summary>
    public void Add(IEnumerable<IReadOnlyList<TextTheme>> texts)
    {
        foreach (var mentions in texts.SelectMany(themes => themes).GroupBy(theme => TextTheme.KeyOf(theme.Name), StringComparer.Ordinal))
        {
            if (mentions.Key.Length == 0)
                continue;
            if (!_themes.TryGetValue(mentions.Key, out var entry))
            {
                MakeRoom();
                _themes[mentions.Key] = entry = new Entry(mentions.First().Name);
            }
            entry.Add([.. mentions]);
        }
    }

    /// <summary>The themes that most accounts speak of. What one text alone says is no theme.</summary>
    public IReadOnlyList<ThemeCount> Most() =>
        [
            .. _themes
                .Where(theme => theme.Value.Texts > 1)
                .OrderByDescending(theme => theme.Value.Accounts)
                .ThenByDescending(theme => theme.Value.Texts)
                .ThenBy(theme => theme.Key, StringComparer.Ordinal)
                .Take(MaxThemes)
                .Select(theme => new ThemeCount(
                    theme.Key,
                    theme.Value.Name,
                    theme.Value.Texts,
                    theme.Value.Accounts,
                    theme.Value.Kind,
                    theme.Value.Unkind
                )),
        ];

    private void MakeRoom()
    {
        if (_themes.Count < Room)
            return;
        foreach (string key in _themes.OrderBy(theme => theme.Value.Accounts).Take(Room / 2).Select(theme => theme.Key).ToList())
            _themes.Remove(key);
    }

    private sealed class Entry(string name)
    {
        public string Name { get; private set; } = name;

        public int Texts { get; private set; }

        public int Accounts { get; private set; }

        public int Kind { get; private set; }

        public int Unkind { get; private set; }

        /// <summary>Counts what one account's texts say of it.</summary>
        public void Add(IReadOnlyList<TextTheme> mentions)
        {
            Accounts++;
            Texts += mentions.Count;
            Kind += mentions.Any(mention => mention.Sentiment == TextSentiment.Positive) ? 1 : 0;
            Unkind += mentions.Any(mention => mention.Sentiment == TextSentiment.Negative) ? 1 : 0;
            // Whatever the order of accounts, the same spelling stands for all.
            Name = mentions
                .Select(mention => mention.Name)
                .Append(Name)
                .OrderBy(name => name.Length)
                .ThenBy(name => name, StringComparer.Ordinal)
                .First();
        }
    }
}
