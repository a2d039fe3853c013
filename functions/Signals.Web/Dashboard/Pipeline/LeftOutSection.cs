using Signals.Core.Intake.Monitoring;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What rules left out though the event that brought it was taken; nothing where they left out nothing.</summary>
internal static class LeftOutSection
{
    public static Html Of(Reader reader, IReadOnlyList<LeftOut> rules)
    {
        if (rules.Count == 0)
            return Html.Empty;
        string title = reader.Say("Left out, by rule");
        return $"""
            <section><h2 id="left-out">{title}</h2>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="names">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Rule")}</th><th scope="col">{reader.Say("Leaves out")}</th>
            <th scope="col" class="number">{reader.Say("Times")}</th>
            <th scope="col">{reader.Say("Such as")}</th>
            <th scope="col">{reader.Say("First seen")}</th>
            <th scope="col">{reader.Say("Last seen")}</th></tr></thead>
            <tbody>{rules.Select(rule => Row(reader, rule))}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, LeftOut rule) =>
        $"""
            <tr><th scope="row"><code><bdi>{rule.Rule}</bdi></code></th><td>{KindOf(reader, rule.Kind)}</td>
            <td class="number">{reader.Whole(rule.Count)}</td>
            <td>{rule.Examples.Select(example => Html.Of($"<code><bdi>{example}</bdi></code> "))}</td>
            <td>{reader.TimeDay(rule.FirstSeen)}</td><td>{reader.TimeAgo(rule.LastSeen)}</td></tr>
            """;

    private static string KindOf(Reader reader, LeftOutKind kind) =>
        kind switch
        {
            LeftOutKind.People => reader.Say("Who is no customer"),
            LeftOutKind.Browser => reader.Say("What a browser key may not say"),
            LeftOutKind.Erased => reader.Say("Who was erased"),
            LeftOutKind.Consent => reader.Say("What may not be kept, by consent"),
            _ => reader.Say("A value that means nothing"),
        };
}
