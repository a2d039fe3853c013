using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Text;
using Signals.Core.State.Work;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What customers wrote, word for word.</summary>
internal static class VerbatimList
{
    private const int MaxThemes = 4;

    /// <param name="reader">Who reads it.</param>
    /// <param name="texts">What was written.</param>
    /// <param name="names">What the writer of each is called; null for who is not known.</param>
    /// <param name="loops">What the team did for each account, by its id: whether a person answered.</param>
    /// <param name="returnTo">The page it is shown on.</param>
    public static Html Of(
        Reader reader,
        IReadOnlyList<Verbatim> texts,
        IReadOnlyList<string?> names,
        IReadOnlyDictionary<string, AccountWork> loops,
        string returnTo
    ) => $"""<ul class="verbatims">{texts.Zip(names, (text, name) => One(reader, text, name, loops, returnTo))}</ul>""";

    private static Html One(Reader reader, Verbatim text, string? name, IReadOnlyDictionary<string, AccountWork> loops, string returnTo)
    {
        string score = text.Score is { } given ? " " + reader.Amount(given) : "";
        Html channel = text.Channel is null ? Html.Empty : $"<span>{Html.Isolated(FeedbackWords.Channel(reader, text.Channel))}</span>";
        Html person = name is null ? Html.Empty : $"<span>{Html.Isolated(name)}</span>";
        var themes = text
            .Themes.Take(MaxThemes)
            .Select(theme => Html.Of($"""<a href="{ThemeList.Address(TextTheme.KeyOf(theme.Name))}">{Html.Isolated(theme.Name)}</a>"""));
        Html loop =
            text.Answer is { } answer && loops.TryGetValue(text.Account, out var work)
                ? LoopParts.Of(reader, text.Account, answer, work, text.Text, returnTo)
                : Html.Empty;
        return $"""
            <li><blockquote dir="auto">{text.Text}</blockquote>
            <p class="meta">
            <span class="tag {FeedbackWords.Tone(text.Sentiment)}">{FeedbackWords.Sentiment(reader, text.Sentiment)}</span>
            <span>{FeedbackWords.Source(reader, text.Source)}{score}</span>{channel}
            <a href="{Links.Account(text.Account)}">{Html.Isolated(text.AccountName)}</a>{person}{reader.TimeDay(text.At)}</p>
            <p class="about">{themes}</p>{loop}</li>
            """;
    }
}
