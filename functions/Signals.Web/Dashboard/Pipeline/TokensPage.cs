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
        SecretParts.Create(
            reader,
            PipelineAddresses.CreateToken,
            reader.Say("Name of a new token: the program that calls with it"),
            NamedTokens.MaxNameChars,
            $"""
            {Form.Select("role", reader.Say("What it may do"), DashboardRole.Reader.Word(), TokenWords.Roles(reader))}
            {Form.Select("days", reader.Say("Valid for"), "90", Lives.Select(days => ($"{days}", SecretParts.DayCount(reader, days))))}
            """,
            reader.Say("Make a token"),
            reader.Say("An admin can make, rotate and end tokens.")
        );

    private static Html List(Reader reader, string title, IReadOnlyList<NamedToken> known) =>
        known.Count == 0
            ? $"""
                <p class="empty">{reader.Say(
                    "No token was made here yet: programs call with the API token from the settings, which may do everything.")}</p>
                """
            : SecretParts.Table(
                reader,
                title,
                [
                    reader.Say("Name"),
                    reader.Say("Role"),
                    reader.Say("Ends in"),
                    reader.Say("Made"),
                    reader.Say("Last used"),
                    reader.Say("State"),
                ],
                known.Select(token => Row(reader, token))
            );

    private static Html Row(Reader reader, NamedToken token) =>
        $"""
            <tr><th scope="row">{Html.Isolated(token.Name)}</th><td>{TokenWords.Role(reader, token.Role)}</td>
            <td><code>…{token.End}</code></td><td>{reader.TimeDay(token.CreatedAt)}</td>
            <td>{(token.UsedOn is { } day ? reader.Day(day) : reader.Say("never"))}</td>
            <td>{State(reader, token)}</td>{SecretParts.Actions(
                reader, token.IsValid(reader.Now), Rotate(reader, token), End(reader, token))}</tr>
            """;

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
        SecretParts.Rotate(
            reader,
            PipelineAddresses.RotateToken,
            token.Id,
            token.Name,
            reader.Say("The old token stays valid for"),
            reader.Say("Make a new token")
        );

    private static Html End(Reader reader, NamedToken token) =>
        SecretParts.Act(
            reader,
            PipelineAddresses.EndToken,
            token.Id,
            token.Name,
            reader.Say("actions|End"),
            $"<p>{reader.Say("Programs that still call with it are refused.")}</p>",
            reader.Say("End it now")
        );
}
