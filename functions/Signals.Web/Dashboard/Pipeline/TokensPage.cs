using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>
/// Which programs may call the API: the named tokens, what each may do, and until when. An admin makes, rotates and ends them.
/// </summary>
internal sealed class TokensPage(NamedTokens tokens) : IDashboardPage
{
    /// <summary>A token that ends this soon wants somebody to see to it.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    private static readonly int[] Lives = [7, 30, 90, 180, 365];
    private static readonly int[] Hours = [1, 24, 72, 168];

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var known = await tokens.ListAsync(request.Cancellation);
        string title = reader.Say("API tokens");
        string lead = reader.Say(
            "Each program calls the API with a token of its own: it says who did what, and may do no more than its role. "
                + "The API token from the settings is valid too, may do everything, and is changed there."
        );
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, PipelineAddresses.Tokens, title, lead)}
            {Create(reader)}
            {List(reader, title, known)}
            """
        );
    }

    private static Html Create(Reader reader) =>
        reader.May(DashboardRole.Admin)
            ? Form.Post(
                reader,
                PipelineAddresses.CreateToken,
                $"""
            <div class="filters">
            <label class="field wide"><span>{reader.Say(
                "Name of a new token: the program that calls with it")}</span>
            <input name="name" required maxlength="{NamedTokens.MaxNameChars}" autocomplete="off"></label>
            {Form.Select("role", reader.Say("What it may do"), DashboardRole.Reader.Word(), TokenWords.Roles(reader))}
            {Form.Select("days", reader.Say("Valid for"), "90", Lives.Select(days => ($"{days}", Days(reader, days))))}
            {Form.Button(reader.Say("Make a token"))}</div>
            """
            )
            : $"""
          <p class="quiet">{reader.Say(
              "An admin can make, rotate and end tokens.")}</p>
          """;

    private static Html List(Reader reader, string title, IReadOnlyList<NamedToken> known)
    {
        if (known.Count == 0)
            return $"""
                <p class="empty">{reader.Say(
                    "No token was made here yet: programs call with the API token from the settings, which may do everything.")}</p>
                """;
        Html acting = reader.May(DashboardRole.Admin) ? $"""<th scope="col">{reader.Say("Do")}</th>""" : Html.Empty;
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="keys">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Name")}</th><th scope="col">{reader.Say(
                "Role")}</th><th scope="col">{reader.Say("Ends in")}</th>
            <th scope="col">{reader.Say("Made")}</th><th scope="col">{reader.Say("Last used")}</th>
            <th scope="col">{reader.Say("State")}</th>{acting}</tr></thead>
            <tbody>{known.Select(token => Row(reader, token))}</tbody></table></div>
            """;
    }

    private static Html Row(Reader reader, NamedToken token)
    {
        Html acting =
            !reader.May(DashboardRole.Admin) ? Html.Empty
            : !token.IsValid(reader.Now) ? Html.Of($"<td></td>")
            : Html.Of($"""<td><div class="actions">{Rotate(reader, token)}{End(reader, token)}</div></td>""");
        return $"""
            <tr><th scope="row">{Html.Isolated(token.Name)}</th><td>{TokenWords.Role(reader, token.Role)}</td>
            <td><code>…{token.End}</code></td><td>{reader.TimeDay(token.CreatedAt)}</td>
            <td>{(token.UsedOn is { } day ? reader.Day(day) : reader.Say("never"))}</td>
            <td>{State(reader, token)}</td>{acting}</tr>
            """;
    }

    private static Html State(Reader reader, NamedToken token) =>
        !token.IsValid(reader.Now)
            ? Html.Of($"""<span class="tag bad">{reader.Say("ended")}</span> {reader.TimeAgo(token.EndsAt)}""")
            : Html.Of(
                $"""
                <span class="tag {(token.EndsAt - reader.Now > Soon ? "good" : "warn")}">{reader.Say(
                    "valid")}</span> {reader.SayHtml($"ends {reader.TimeAgo(token.EndsAt)}")}
                """
            );

    private static Html Rotate(Reader reader, NamedToken token) =>
        $"""
        <details class="act"><summary>{reader.Say("Rotate")}<span class="unseen"> {token.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.RotateToken, $"""
            {Form.Hidden("id", token.Id)}
            {Form.Select(
                "hours", reader.Say("The old token stays valid for"), "24",
                Hours.Select(hours => ($"{hours}", Length(reader, hours))))}
            {Form.Button(reader.Say("Make a new token"))}
            """)}</details>
        """;

    private static Html End(Reader reader, NamedToken token) =>
        $"""
        <details class="act"><summary>{reader.Say("actions|End")}<span class="unseen"> {token.Name}</span></summary>
        {Form.Post(reader, PipelineAddresses.EndToken, $"""
            {Form.Hidden("id", token.Id)}
            <p>{reader.Say(
                "Programs that still call with it are refused.")}</p>
            {Form.Button(reader.Say("End it now"))}
            """)}</details>
        """;

    private static string Length(Reader reader, int hours) =>
        hours < 48 ? reader.Count(hours, "{0} hour", "{0} hours") : Days(reader, hours / 24);

    private static string Days(Reader reader, int days) => reader.Count(days, "{0} day", "{0} days");
}
