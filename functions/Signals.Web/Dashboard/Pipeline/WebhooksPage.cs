using Signals.Core.Model;
using Signals.Core.Processing.Webhooks;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Which other systems are told what happens, how they fare, and what was given up: to be told again by hand.</summary>
internal sealed class WebhooksPage(WebhookStanding standing, ValueModel model) : IDashboardPage
{
    public const string EndpointField = "endpoint";
    public const string IdField = "id";

    /// <summary>In place of an id: everything that is listed.</summary>
    public const string All = "all";

    public const int Shown = 50;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string title = reader.Say("Webhooks");
        string lead = reader.Say(
            "Other systems that are told what happens, signed. What one of them does not take is tried again for three days; "
                + "then it stands here."
        );
        var states = await standing.ReadAsync(request.Cancellation);
        var givenUp = await standing.GivenUpAsync(Shown, request.Cancellation);
        Html endpoints =
            model.Webhooks.Count == 0
                ? Html.Of($"""<p class="empty">{reader.Say("The model names none (webhooks).")}</p>""")
                : Endpoints(reader, states);
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, PipelineAddresses.Webhooks, title, lead)}
            {endpoints}
            {GivenUp(reader, givenUp)}
            """
        );
    }

    private Html Endpoints(Reader reader, IReadOnlyDictionary<string, WebhookState> states)
    {
        string title = reader.Say("Systems");
        var rows = model.Webhooks.Select(endpoint => Row(reader, endpoint, states.GetValueOrDefault(endpoint.Id)));
        return $"""
            <section><h2>{title}</h2>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Name")}</th><th scope="col">{reader.Say("webhook|Told")}</th>
            <th scope="col">{reader.Say("State")}</th><th scope="col"><span class="unseen">{reader.Say("Try it")}</span></th></tr></thead>
            <tbody>{rows}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, WebhookEndpoint endpoint, WebhookState? state)
    {
        string told =
            endpoint.Events.Count == WebhookEvents.All.Count
                ? reader.Say("everything")
                : string.Join(", ", endpoint.Events.Order(StringComparer.Ordinal));
        Html test = reader.May(DashboardRole.Admin)
            ? Form.Post(
                reader,
                PipelineAddresses.TestWebhook,
                $"""
                {Form.Hidden(EndpointField, endpoint.Id)}<button type="submit" class="second">{reader.Say(
                    "Send a test")}<span class="unseen"> {endpoint.Id}</span></button>
                """
            )
            : Html.Empty;
        return $"""
            <tr><th scope="row"><code>{endpoint.Id}</code></th><td>{told}</td><td>{State(reader, state)}</td><td>{test}</td></tr>
            """;
    }

    private static Html State(Reader reader, WebhookState? state)
    {
        if (state is null)
            return Html.Of($"""<span class="quiet">{reader.Say("never told anything")}</span>""");
        if (state is { Problem: { } problem, FailedAt: { } failed })
            return Html.Of(
                $"""
                <span class="tag bad">{reader.Say("webhook|fails")}</span> {reader.TimeAgo(failed)}{reader.Colon} {Html.Isolated(problem)}
                """
            );
        return state.TakenAt is { } taken
            ? Html.Of($"""<span class="tag good">{reader.Say("webhook|takes")}</span> {reader.TimeAgo(taken)}""")
            : Html.Empty;
    }

    private static Html GivenUp(Reader reader, IReadOnlyList<GivenUpWebhook> givenUp)
    {
        if (givenUp.Count == 0)
            return Html.Empty;
        Html all = reader.May(DashboardRole.Admin)
            ? Form.Post(
                reader,
                PipelineAddresses.TellAgain,
                Html.Of($"{Form.Hidden(IdField, All)}{Form.Button(reader.Say("Tell all of it again"))}")
            )
            : Html.Empty;
        return $"""
            <section><h2>{reader.Say("Given up")}</h2>
            <ul class="list">{givenUp.Select(one => Row(reader, one))}</ul>{all}</section>
            """;
    }

    private static Html Row(Reader reader, GivenUpWebhook one)
    {
        Html again = reader.May(DashboardRole.Admin)
            ? Form.Post(
                reader,
                PipelineAddresses.TellAgain,
                $"""
                {Form.Hidden(IdField, one.Id)}<button type="submit" class="second">{reader.Say(
                    "Tell it again")}<span class="unseen"> {one.Type} {one.Endpoint}</span></button>
                """
            )
            : Html.Empty;
        return $"""
            <li><p><code>{one.Type}</code>{About(one)} · {reader.TimeAgo(one.At)} · <code>{one.Endpoint}</code></p>
            <p class="line quiet">{Html.Isolated(one.Problem)}</p>{again}</li>
            """;
    }

    /// <summary>Events about a problem of the product are about no account.</summary>
    private static Html About(GivenUpWebhook one) =>
        one.AccountId.Length == 0
            ? Html.Empty
            : Html.Of($""" · <a href="{Links.Account(one.AccountId)}">{Html.Isolated(one.AccountId)}</a>""");
}
