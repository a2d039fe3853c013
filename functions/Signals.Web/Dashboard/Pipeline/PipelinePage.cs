using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.Seen;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>How events come in: how many, how soon they are folded, what became of all of them, and which SDKs send them.</summary>
internal sealed class PipelinePage(
    PipelineReader totals,
    IMessageQueue queue,
    PipelineWatch watch,
    SeenBook names,
    UnreadableRows unreadable
) : IDashboardPage
{
    private const string SpanParameter = "span";

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var span = PipelineSpan.Of(Query.OneOf(request.Http, SpanParameter, PipelineSpan.Names));
        var reading = totals.ReadAsync(request.Cancellation);
        var minutes = watch.ReadAsync(span.Minutes, request.Cancellation);
        var seen = names.ReadAsync(request.Cancellation);
        var reviews = queue.GetDepthAsync(QueueNames.Reviews, request.Cancellation);
        var outreach = queue.GetDepthAsync(QueueNames.Outreach, request.Cancellation);
        var webhooks = queue.GetDepthAsync(QueueNames.Webhooks, request.Cancellation);
        var passedOver = unreadable.ReadAsync(request.Cancellation);
        await Task.WhenAll(reading, minutes, seen, reviews, outreach, webhooks, passedOver);
        var charts = PipelineCharts.Of(reader, span, await minutes);
        var sums = Sums(reader, await reading);
        var queues = Queues(
            reader,
            [(QueueNames.Reviews, await reviews), (QueueNames.Outreach, await outreach), (QueueNames.Webhooks, await webhooks)]
        );
        var found = await seen;
        string title = reader.Say("Pipeline");
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(
                reader, PipelineAddresses.Overview, title, reader.Say("From the SDKs to the accounts."))}
            {UnreadableSection.Of(reader, await passedOver)}
            {NearMissSection.Of(reader, found, isBrief: true)}
            {sums}
            {charts}
            {queues}
            {SdkSection.Of(reader, found.Sdks)}
            """
        )
        {
            Refreshes = true,
        };
    }

    private static Html Sums(Reader reader, PipelineView view)
    {
        string accepted = reader.Whole(view.Accepted),
            waiting = reader.Whole(view.Queued - view.DeadLettered);
        Html quarantined = $"""<a href="{PipelineAddresses.Quarantine}">{reader.Whole(view.Quarantined)}</a>""";
        Html dead = $"""<a href="{PipelineAddresses.DeadLettersOf(QueueNames.Usage)}">{reader.Whole(view.DeadLettered)}</a>""";
        (string Name, Html Value)[] figures =
        [
            (reader.Say("Accepted"), $"{(view.AtLeast ? reader.Say($"at least {accepted}") : accepted)}"),
            (reader.Say("Folded"), $"{reader.Whole(view.Folded)}"),
            (reader.Say("Duplicates"), $"{reader.Whole(view.Duplicates)}"),
            (reader.Say("Quarantined"), quarantined),
            (reader.Say("Waiting"), $"{(view.AtLeast ? reader.Say($"at least {waiting}") : waiting)}"),
            (reader.Say("In the dead letter"), dead),
        ];
        return $"""
            <section aria-labelledby="sums"><h2 id="sums">{reader.Say("All events so far")}</h2>
            <dl class="figures">{figures.Select(figure => Html.Of($"<div><dt>{figure.Name}</dt><dd>{figure.Value}</dd></div>"))}</dl>
            </section>
            """;
    }

    private static Html Queues(Reader reader, IEnumerable<(string Name, QueueDepth Depth)> queues)
    {
        var rows = queues.Select(queue =>
            Html.Of(
                $"""
                <tr><th scope="row">{DeadLetterWords.Queue(reader, queue.Name)}</th>
                <td class="number">{reader.Whole(queue.Depth.Messages)}</td>
                <td class="number"><a href="{PipelineAddresses.DeadLettersOf(queue.Name)}">{reader.Whole(
                    queue.Depth.DeadLetteredMessages
                )}<span
                    class="unseen">{reader.Say($" dead letters of {DeadLetterWords.Queue(reader, queue.Name)}")}</span></a></td></tr>
                """
            )
        );
        string title = reader.Say("Work that follows");
        return $"""
            <section><h2 id="queues">{title}</h2>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Queue")}</th>
            <th scope="col" class="number">{reader.Say("Messages waiting")}</th>
            <th scope="col" class="number">{reader.Say("Dead letters")}</th></tr></thead>
            <tbody>{rows}</tbody></table></div></section>
            """;
    }
}
