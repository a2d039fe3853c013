using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Causes;

/// <summary>What holds customers back, with what it costs: the list that is taken to the roadmap meeting.</summary>
internal sealed class TopicTable(CauseWords words)
{
    public Html Of(Reader reader, CauseHistory history, IReadOnlyList<Topic> topics, string caption)
    {
        (string Name, string Style)[] heads =
        [
            (reader.Say("What"), ""),
            (reader.Say("Paid a month"), "number"),
            (reader.Say("Accounts"), "number"),
            (reader.Count(CauseHistory.ChangeDays, "{0} day", "{0} days"), "number"),
            (reader.Say("At risk"), "number"),
            (reader.Say("People"), "number"),
        ];
        double most = topics.Count == 0 ? 0 : topics.Max(topic => topic.Figures.Price);
        return $"""
            <table class="topics"><caption class="unseen">{caption}</caption>
            <thead><tr>{heads.Select(head => Html.Of($"""<th scope="col" class="{head.Style}">{head.Name}</th>"""))}</tr></thead>
            <tbody>{topics.Select(topic => Row(reader, history, topic, most, heads))}</tbody></table>
            """;
    }

    /// <summary>More is worse, fewer is better: the sign says it, and the tone repeats it.</summary>
    public static Html Change(Reader reader, int? change) =>
        change switch
        {
            null => $"""<span class="quiet">–</span>""",
            > 0 => $"""<span class="tone critical">+{reader.Whole(change.Value)}</span>""",
            < 0 => $"""<span class="tone healthy">−{reader.Whole(-change.Value)}</span>""",
            _ => $"""<span class="quiet">±0</span>""",
        };

    private Html Row(Reader reader, CauseHistory history, Topic topic, double most, (string Name, string Style)[] heads)
    {
        Html about = topic.Detail is null ? Html.Empty : $"""<span class="quiet">{CauseWords.Name(reader, topic.Cause)}</span>""";
        string name = topic.Detail is null ? CauseWords.Name(reader, topic.Cause) : words.Kind(reader, topic.Detail)!;
        return $"""
            <tr><th scope="row"><a href="{topic.Address}">{Html.Isolated(name)}</a>{about}</th>
            <td class="number"
                data-head="{heads[1].Name}">{reader.Money(Math.Round(topic.Figures.Price))}{Sparks.Share(topic.Figures.Price, most)}</td>
            <td class="number" data-head="{heads[2].Name}">{reader.Whole(topic.Figures.Accounts)}</td>
            <td class="number" data-head="{heads[3].Name}">{Change(reader, history.Change(topic))}</td>
            <td class="number" data-head="{heads[4].Name}">{reader.Whole(topic.Figures.AtRisk)}</td>
            <td class="number" data-head="{heads[5].Name}">{reader.Whole(topic.Figures.People)}</td></tr>
            """;
    }
}
