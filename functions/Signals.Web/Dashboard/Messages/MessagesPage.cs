using Signals.Core.Model;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Messages;

/// <summary>What was written to customers and to CS, and what it achieved.</summary>
internal sealed class MessagesPage(
    EffectLog effects,
    PlaybookTally tally,
    OutreachPages pages,
    PlaybookTable playbooks,
    SentTable table,
    OwnSegments segments,
    ValueModel model
) : IDashboardPage
{
    private static readonly OutreachState[] States =
    [
        OutreachState.Planned,
        OutreachState.Sent,
        OutreachState.Delivered,
        OutreachState.HeldOut,
        OutreachState.Suppressed,
        OutreachState.Bounced,
        OutreachState.Uncertain,
        OutreachState.Failed,
        OutreachState.Expired,
    ];

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var state = OutreachStates.Parse(Query.OneOf(request.Http, "state", [.. States.Select(one => one.Name())]));
        string? segment = OwnSegments.Of(request),
            cursor = Cursor.Outreach.Read(request.Http);
        var counts = await tally.ReadAsync(request.Cancellation);
        var found = await effects.ReadAsync(request.Cancellation);
        var page = await pages.ReadAsync(state, segment, cursor, request.Cancellation);
        string title = reader.Say("Messages");
        string lead = reader.Say(
            "What was written, to whom, and whether it helped: people held out by lot tell what would have happened anyway."
        );
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, lead, Downloads.Csv(reader, "/messages.csv"))}
            {Mode(reader)}
            <section><h2>{reader.Say("Playbooks")}</h2>
            <p class="lead">{reader.Say(
                $"Sent in {PlaybookTally.Days} days; goals of those whose time is over. A verdict waits until there are enough people: "
                    + $"whoever looks every day and stops at the first good one finds effects that are none.")}</p>
            {playbooks.Of(reader, found, counts)}</section>
            <section id="sent"><h2>{reader.Say("Everything written")}</h2>
            {Choices.Of(reader.Say("State"), Tabs(reader, state, segment))}
            {Segments(reader, state, segment)}{segments.Unknown(reader, segment)}
            {Sent(reader, page, cursor => Address(state, segment, cursor) + "#sent", cursor is not null)}</section>
            """
        );
    }

    private Html Mode(Reader reader) =>
        model.Outreach.Mode == OutreachMode.Live
            ? Html.Empty
            : $"""
        <p class="note">{reader.Say(
            "Dry run: everything is decided and written down, and nothing leaves.")}</p>
        """;

    private static string Address(OutreachState? state, string? segment, string? cursor = null) =>
        Links.With("/messages", ("state", state?.Name()), (OwnSegments.Parameter, segment), ("cursor", cursor));

    /// <summary>Chooses the segment that accounts were in when they were written to; nothing where the model has none.</summary>
    private Html Segments(Reader reader, OutreachState? state, string? segment) =>
        segments.Field(reader, segment) is { IsEmpty: false } field
            ? $"""
                <form method="get" action="/messages#sent" class="actions">
                {(state is { } chosen ? Forms.Form.Hidden("state", chosen.Name()) : Html.Empty)}{field}
                <button type="submit" class="second">{reader.Say("Show")}</button></form>
                """
            : Html.Empty;

    private static IEnumerable<Choice> Tabs(Reader reader, OutreachState? current, string? segment) =>
        States
            .Select(state => new Choice(OutreachWords.StateName(reader, state), Address(state, segment) + "#sent", state == current))
            .Prepend(new Choice(reader.Say("all"), Address(null, segment) + "#sent", current is null));

    private static Html Nothing(Reader reader, bool goesOn)
    {
        string why = goesOn
            ? reader.Say("None of these yet; the list goes on.")
            : reader.Say("Nothing here: silence is the default. Messages come when a cause is found that a message helps with.");
        return $"""<p class="empty">{why}</p>""";
    }

    private Html Sent(Reader reader, Page<OutreachItem> page, Func<string?, string> addressFrom, bool isContinued)
    {
        var list = page.Items.Count > 0 ? table.Of(reader, page.Items) : Nothing(reader, page.Next is not null);
        Html first = isContinued ? $"""<a href="{addressFrom(null)}">{reader.Say("Back to the newest")}</a>""" : Html.Empty;
        Html next = page.Next is null ? Html.Empty : $"""<a rel="next" href="{addressFrom(page.Next)}">{reader.Say("Older")}</a>""";
        return first.IsEmpty && next.IsEmpty
            ? list
            : $"""{list}<nav class="more" aria-label="{reader.Say("More messages")}">{first}{next}</nav>""";
    }
}
