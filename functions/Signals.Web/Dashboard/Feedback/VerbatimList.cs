using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Text;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What customers wrote, word for word.</summary>
internal static class VerbatimList
{
    private const int MaxThemes = 4;

    public static Html Of(Reader reader, IReadOnlyList<Verbatim> texts) =>
        $"""<ul class="verbatims">{texts.Select(text => One(reader, text))}</ul>""";

    private static Html One(Reader reader, Verbatim text)
    {
        string score = text.Score is { } given ? " " + reader.Amount(given) : "";
        Html channel = text.Channel is null ? Html.Empty : $"<span>{Html.Isolated(FeedbackWords.Channel(reader, text.Channel))}</span>";
        Html person = text.Person is null ? Html.Empty : $"<span>{Html.Isolated(text.Person)}</span>";
        var themes = text
            .Themes.Take(MaxThemes)
            .Select(theme => Html.Of($"""<a href="{ThemeList.Address(TextTheme.KeyOf(theme.Name))}">{Html.Isolated(theme.Name)}</a>"""));
        return $"""
            <li><blockquote dir="auto">{text.Text}</blockquote>
            <p class="meta">
            <span class="tag {FeedbackWords.Tone(text.Sentiment)}">{FeedbackWords.Sentiment(reader, text.Sentiment)}</span>
            <span>{FeedbackWords.Source(reader, text.Source)}{score}</span>{channel}
            <a href="{Links.Account(text.Account)}">{Html.Isolated(text.AccountName)}</a>{person}{reader.TimeDay(text.At)}</p>
            <p class="about">{themes}</p></li>
            """;
    }
}
