using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>
/// Events that were taken and not understood, the last first, each with where the fault is, what was found and what is expected.
/// </summary>
internal sealed class QuarantinePage(Quarantine quarantine) : IDashboardPage
{
    private const int PageSize = 25;
    private const int ShownChars = 1500;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var page = await quarantine.ReadAsync(Cursor.Quarantine.Read(request.Http), PageSize, request.Cancellation);
        string title = reader.Say("Quarantine");
        string lead = reader.Say(
            $"Events that could not be understood. They are kept for {Quarantine.KeepDays} days; the rest of their batch was taken."
        );
        return new DashboardPage(
            title,
            $"{PipelineHeading.Of(reader, PipelineAddresses.Quarantine, title, lead)}{Events(reader, title, page)}"
        );
    }

    private static Html Events(Reader reader, string title, Core.Intake.Monitoring.QuarantinePage page)
    {
        if (page.Events.Count == 0)
            return $"""<p class="empty">{reader.Say("Nothing is in quarantine.")}</p>""";
        Html next = page.Next is { } cursor
            ? $"""
              <p class="more"><a href="{Links.With(
                  PipelineAddresses.Quarantine, ("cursor", Cursor.Quarantine.Write(cursor)))}">{reader.Say("Older")}</a></p>
              """
            : Html.Empty;
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="letters">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Reason")}</th><th scope="col">{reader.Say("As it came")}</th>
            <th scope="col">{reader.Say("When")}</th></tr></thead>
            <tbody>{page.Events.Select(quarantined => Row(reader, quarantined))}</tbody></table></div>
            {next}
            """;
    }

    private static Html Row(Reader reader, QuarantinedEvent quarantined) =>
        $"""
            <tr><th scope="row"><bdi class="long" lang="en">{quarantined.Reason}</bdi></th>
            <td><pre class="preview"><bdi>{Shown(quarantined.Raw)}</bdi></pre></td><td>{reader.TimeAgo(quarantined.ReceivedAt)}</td></tr>
            """;

    private static string Shown(string raw)
    {
        if (raw.Length <= ShownChars)
            return raw;
        return raw[..(char.IsHighSurrogate(raw[ShownChars - 1]) ? ShownChars - 1 : ShownChars)] + "…";
    }
}
