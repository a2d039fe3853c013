using Signals.Core.State.Seen;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Which SDKs send, by version.</summary>
internal static class SdkSection
{
    public static Html Of(Reader reader, IReadOnlyList<NameCount> sdks)
    {
        string title = reader.Say("SDKs seen");
        var rows = sdks.OrderByDescending(sdk => sdk.LastSeen)
            .Select(sdk =>
            {
                var (name, version) = SdkName.Split(sdk.Name);
                return Html.Of(
                    $"""
                    <tr><th scope="row">{Html.Isolated(name)}</th><td>{Html.Isolated(version)}</td>
                    <td class="number">{NameTable.Times(reader, sdk.Count, sdk.IsAtLeast)}</td>
                    <td>{reader.TimeDay(sdk.FirstSeen)}</td><td>{reader.TimeAgo(sdk.LastSeen)}</td></tr>
                    """
                );
            });
        Html table =
            sdks.Count == 0
                ? Html.Of(
                    $"""
                    <p class="empty">{reader.Say("None yet: an SDK names itself in context.library.")}</p>
                    """
                )
                : Html.Of(
                    $"""
                    <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
                    <thead><tr><th scope="col">{reader.Say("Library")}</th><th scope="col">Version</th>
                    <th scope="col" class="number">{reader.Say("Events")}</th>
                    <th scope="col">{reader.Say("First seen")}</th>
                    <th scope="col">{reader.Say("Last seen")}</th></tr></thead>
                    <tbody>{rows}</tbody></table></div>
                    """
                );
        return $"""<section><h2 id="sdks">{title}</h2>{table}</section>""";
    }
}
