using Signals.Core.Intake.Monitoring;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What rules left out though the event that brought it was taken; nothing where they left out nothing.</summary>
internal static class LeftOutSection
{
    public static Html Of(Reader reader, IReadOnlyList<LeftOut> rules)
    {
        if (rules.Count == 0)
            return Html.Empty;
        string title = reader.Say("Left out, by rule", "Laissé de côté, par règle");
        return $"""
            <section><h2 id="left-out">{title}</h2>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="names">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Rule", "Règle")}</th><th scope="col">{reader.Say("Leaves out", "Écarte")}</th>
            <th scope="col" class="number">{reader.Say("Times", "Fois")}</th>
            <th scope="col">{reader.Say("Such as", "Par exemple")}</th>
            <th scope="col">{reader.Say("First seen", "Vu d’abord")}</th>
            <th scope="col">{reader.Say("Last seen", "Vu en dernier")}</th></tr></thead>
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
            LeftOutKind.People => reader.Say("Who is no customer", "Qui n’est pas un client"),
            _ => reader.Say("A value that means nothing", "Une valeur qui ne dit rien"),
        };
}
