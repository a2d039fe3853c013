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
                "Nothing was measured yet. Small installations are measured every few minutes, large ones every night.")}</p>
            """
            )
            : Html.Of(
                $"""
            <p class="measured quiet">{reader.Count(
                measures.Accounts, "{0} account", "{0} accounts")} · {reader.Say(
                    "measured")} {reader.TimeAgo(measures.MeasuredAt)}</p>
            """
            );
}
