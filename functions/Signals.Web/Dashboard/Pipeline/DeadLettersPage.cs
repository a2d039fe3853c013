using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>The messages of one queue that could not be handled, with why; an admin replays or discards them.</summary>
internal sealed class DeadLettersPage(DeadLetterDesk desk) : IDashboardPage
{
    private const int PageSize = 25;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string queue = Query.OneOf(request.Http, "queue", QueueNames.All) ?? QueueNames.Usage;
        var page = await desk.ListAsync(queue, PageSize, Cursor.DeadLetters.Read(request.Http), request.Cancellation);
        string title = reader.Say("Dead letters");
        string lead = reader.Say(
            "Messages that failed ten times, or that nobody can read. Once the reason is mended, replay them: "
                + "what was handled already is not handled twice."
        );
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, PipelineAddresses.DeadLetters, title, lead)}
            <p class="more">{QueueNames.All.Select(name => Choice(reader, queue, name))}</p>
            {Letters(reader, queue, page, request.Address)}
            """
        );
    }

    private Html Letters(Reader reader, string queue, DeadLetterPage page, string address)
    {
        if (page.Messages.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "None: everything in this queue was handled.")}</p>
                """;
        string caption = DeadLetterWords.Queue(reader, queue);
        bool acts = reader.May(DashboardRole.Admin);
        var all = acts
            ? Form.Post(
                reader,
                PipelineAddresses.ReplayAll,
                $"{Form.Hidden("queue", queue)}{Form.Button(reader.Say("Replay all"))}",
                PipelineAddresses.DeadLettersOf(queue)
            )
            : $"""
              <p class="quiet">{reader.Say(
                  "An admin can replay or discard them.")}</p>
              """;
        Html next = page.Next is { } cursor
            ? $"""
              <p class="more"><a href="{Links.With(
                  PipelineAddresses.DeadLetters, ("queue", queue), ("cursor", Cursor.DeadLetters.Write(cursor)))}">{reader.Say(
                      "Next")}</a></p>
              """
            : Html.Empty;
        Html acting = acts ? $"""<th scope="col">{reader.Say("Do")}</th>""" : Html.Empty;
        return $"""
            {all}
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table class="letters">
            <caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("Reason")}</th><th scope="col">{reader.Say("What it holds")}</th>
            <th scope="col" class="number">{reader.Say("Items")}</th>
            <th scope="col" class="number">{reader.Say("Tries")}</th>
            <th scope="col">{reader.Say("Sent")}</th>{acting}</tr></thead>
            <tbody>{page.Messages.Select(letter => Row(reader, letter, acts, address))}</tbody></table></div>
            {next}
            """;
    }

    private Html Row(Reader reader, DeadLetter letter, bool acts, string address)
    {
        Html acting = acts
            ? $"""<td><div class="actions">{Replay(reader, letter, address)}{Discard(reader, letter, address)}</div></td>"""
            : Html.Empty;
        return $"""
            <tr><th scope="row"><bdi class="long">{letter.Reason}</bdi></th>
            <td><pre class="preview"><bdi>{letter.Preview}</bdi></pre>
            <span class="quiet">{reader.Count(letter.Bytes, "{0} byte", "{0} bytes")}</span></td>
            <td class="number">{reader.Whole(letter.Items)}</td><td class="number">{reader.Whole(letter.Deliveries)}</td>
            <td>{reader.TimeAgo(letter.EnqueuedAt)}</td>{acting}</tr>
            """;
    }

    private Html Replay(Reader reader, DeadLetter letter, string address) =>
        desk.IsReplayable(letter)
            ? Form.Post(reader, PipelineAddresses.Replay, $"{Fields(letter)}{Form.Button(reader.Say("Replay"))}", address)
            : $"""
          <span class="quiet">{reader.Say(
              "Too old to replay: some of its events might count twice.")}</span>
          """;

    private static Html Discard(Reader reader, DeadLetter letter, string address) =>
        $"""
        <details class="act"><summary>{reader.Say("Discard")}</summary>
        {Form.Post(reader, PipelineAddresses.Discard, $"""
            {Fields(letter)}<p>{reader.Say(
                "It is gone for good, and counts as quarantined.")}</p>
            {Form.Button(reader.Say("Discard for good"))}
            """, address)}</details>
        """;

    private static Html Fields(DeadLetter letter) => $"{Form.Hidden("queue", letter.Queue)}{Form.Hidden("id", letter.Id)}";

    private static Html Choice(Reader reader, string chosen, string queue) =>
        queue == chosen
            ? Html.Of($"<strong>{DeadLetterWords.Queue(reader, queue)}</strong>")
            : Html.Of($"""<a href="{PipelineAddresses.DeadLettersOf(queue)}">{DeadLetterWords.Queue(reader, queue)}</a>""");
}
