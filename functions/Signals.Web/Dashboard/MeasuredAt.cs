using Signals.Core.Daily.Measures;

namespace Signals.Web.Dashboard;

/// <summary>When the figures of a page about all accounts were worked out, or when they will be.</summary>
internal static class MeasuredAt
{
    public static Html Of(Reader reader, ProductMeasures? measures) =>
        measures is null
            ? Html.Of(
                $"""
            <p class="empty">{reader.Say(
                "Nothing was measured yet. Small installations are measured every few minutes, large ones every night.",
                "Rien n’a encore été mesuré. Les petites installations le sont toutes les quelques minutes, les grandes chaque nuit.")}</p>
            """
            )
            : Html.Of(
                $"""
            <p class="measured quiet">{reader.Count(
                measures.Accounts, "account", "accounts", "compte", "comptes")} · {reader.Say(
                    "measured", "mesuré")} {reader.TimeAgo(measures.MeasuredAt)}</p>
            """
            );
}
