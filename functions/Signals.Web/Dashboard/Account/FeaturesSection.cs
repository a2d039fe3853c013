using Signals.Core.Model;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Dashboard.Account;

/// <summary>What the account pays for, and what of it was used in the window.</summary>
internal static class FeaturesSection
{
    public static Html Of(Reader reader, AccountFile file)
    {
        var paid = file.Model.FeaturesOf(file.Facts.Plan).OrderByDescending(feature => feature.Key).ToList();
        if (paid.Count == 0)
            return Html.Empty;
        string used = reader.Say(Phrase.Of($"Used {file.Context.InDays(file.Model.Value.Floor.Days)}"));
        return $"""
            <section><h2>{reader.Say("Features paid for")}</h2>
            <table class="features"><caption class="unseen">{reader.Say("Features paid for")}</caption>
            <thead><tr><th scope="col">{reader.Say("Feature")}</th>
            <th scope="col" class="number">{used}</th>
            <th scope="col">{reader.Say("Last")}</th></tr></thead>
            <tbody>{paid.Select(feature => Row(reader, file, feature))}</tbody></table></section>
            """;
    }

    private static Html Row(Reader reader, AccountFile file, Feature feature)
    {
        long used = file.Usage.Count(feature.Events, file.WindowFrom, file.Context.Today);
        // In the first days it says nothing yet.
        string tone = feature.Key && file.Context.Pace is null ? "at-risk" : "";
        Html key = feature.Key ? $""" <span class="tag">{reader.Say("key")}</span>""" : Html.Empty;
        Html last = file.Usage.LastOf(feature.Events) is { } at ? reader.TimeAgo(at) : $"{reader.Say("never")}";
        Html count =
            used > 0 ? Html.Of($"{reader.Whole(used)}") : Html.Of($"""<strong class="tone {tone}">{reader.Say("unused")}</strong>""");
        var name = Html.Isolated(feature.Name.In(reader.Language));
        return $"""<tr><th scope="row">{name}{key}</th><td class="number">{count}</td><td class="line">{last}</td></tr>""";
    }
}
