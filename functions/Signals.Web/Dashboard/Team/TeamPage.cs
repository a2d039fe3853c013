using Signals.Core.State.Indexes;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Pipeline;

namespace Signals.Web.Dashboard.Team;

/// <summary>
/// Who works here: an admin invites, changes and ends. Behind Entra ID people come by themselves, with the role given there.
/// </summary>
internal sealed class TeamPage(TeamUsers users, AccountFacets facets, IDashboardAccess access) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var all = await users.ListAsync(request.Cancellation);
        var csms = await facets.ReadAsync(AccountFacets.Csm, request.Cancellation);
        bool invites = access is SessionAccess;
        string title = reader.Say("Team");
        string lead = invites
            ? reader.Say("Who may come in, and what each may do. An invitation is a mail with a link that works once.")
            : reader.Say("Who has been here. Microsoft Entra ID says who may come in, and with which role.");
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, TeamAddresses.Team, title, lead)}
            {(invites && reader.May(DashboardRole.Admin) ? Invite(reader) : Html.Empty)}
            {List(reader, title, all, invites)}{TeamFields.CsmList(csms)}
            """
        );
    }

    private static Html Invite(Reader reader) =>
        Form.Post(
            reader,
            TeamAddresses.Invite,
            $"""
            <div class="filters">
            {TeamFields.NameField(reader, null)}
            <label class="field wide"><span>{reader.Say("Mail address")}</span>
            <input type="email" name="{TeamFields.Address}" required maxlength="254" autocomplete="off"></label>
            {Form.Select("role", reader.Say("Role"), DashboardRole.Manager.Word(), Roles(reader))}
            {TeamFields.LanguageField(reader, reader.Language)}
            {TeamFields.CsmField(reader, null)}
            {Form.Button(reader.Say("Invite"))}
            </div>
            """
        );

    private static Html List(Reader reader, string title, IReadOnlyList<TeamUser> all, bool invites)
    {
        if (all.Count == 0)
            return $"""
                <p class="empty">{(invites
                    ? reader.Say(
                        "Nobody was invited yet. Until then everybody comes in by the printed link, and nobody knows who did what.")
                    : reader.Say("Nobody has been here yet."))}</p>
                """;
        string[] columns =
        [
            reader.Say("Name"),
            reader.Say("Mail address"),
            reader.Say("Role"),
            reader.Say("CS manager of"),
            reader.Say("Last here"),
            reader.Say("State"),
        ];
        return SecretParts.Table(reader, title, columns, all.Select(user => Row(reader, user, invites)));
    }

    private static Html Row(Reader reader, TeamUser user, bool invites) =>
        $"""
            <tr><th scope="row">{Html.Isolated(user.Name)}</th><td>{Html.Isolated(user.Address)}</td>
            <td>{(DashboardRoles.Of(user.Role) is { } role ? TokenWords.Role(reader, role) : "–")}</td>
            <td>{(user.Csm is { } csm ? Html.Isolated(csm) : Html.Of($"–"))}</td>
            <td>{(user.SeenOn is { } day ? reader.Day(day) : reader.Say("never"))}</td>
            <td>{State(reader, user)}</td>{SecretParts.Actions(reader, true, Actions(reader, user, invites))}</tr>
            """;

    private static Html State(Reader reader, TeamUser user) =>
        user switch
        {
            { EndedAt: { } at } => Html.Of($"""<span class="tag bad">{reader.Say("ended")}</span> {reader.TimeAgo(at)}"""),
            { SeenOn: null } => Html.Of($"""<span class="tag warn">{reader.Say("invited")}</span> {reader.TimeAgo(user.CreatedAt)}"""),
            _ => Html.Of($"""<span class="tag good">{reader.Say("active")}</span>"""),
        };

    private static Html[] Actions(Reader reader, TeamUser user, bool invites)
    {
        bool isSelf = string.Equals(user.Address, reader.Name, StringComparison.OrdinalIgnoreCase);
        Html role = invites && !isSelf ? Form.Select("role", reader.Say("Role"), user.Role, Roles(reader)) : Form.Hidden("role", user.Role);
        Html change = SecretParts.Act(
            reader,
            TeamAddresses.Change,
            user.Id,
            user.Name,
            reader.Say("Change"),
            $"""
            {TeamFields.NameField(reader, user.Name)}{role}
            {TeamFields.CsmField(reader, user.Csm)}
            """,
            reader.Say("Save")
        );
        if (!invites)
            return [change];
        if (!user.IsActive)
            return
            [
                SecretParts.Act(
                    reader,
                    TeamAddresses.Mail,
                    user.Id,
                    user.Name,
                    reader.Say("Invite again"),
                    $"<p>{reader.Say("They get a mail with a link, and the role they had.")}</p>",
                    reader.Say("Invite again")
                ),
            ];
        Html mail = user.SeenOn is null
            ? SecretParts.Act(
                reader,
                TeamAddresses.Mail,
                user.Id,
                user.Name,
                reader.Say("Mail again"),
                $"<p>{reader.Say("They get another link; earlier ones go on working until they end.")}</p>",
                reader.Say("Mail a link")
            )
            : Html.Empty;
        Html end = isSelf
            ? Html.Empty
            : SecretParts.Act(
                reader,
                TeamAddresses.End,
                user.Id,
                user.Name,
                reader.Say("actions|End"),
                $"<p>{reader.Say("Their sessions and links end at once. What they did keeps their name.")}</p>",
                reader.Say("End access now")
            );
        return [change, mail, end];
    }

    private static IEnumerable<(string Value, string Text)> Roles(Reader reader) =>
        [
            (DashboardRole.Reader.Word(), reader.Say("reader: looks at everything")),
            (DashboardRole.Manager.Word(), reader.Say("manager: also answers alerts, takes notes, plans, hands over")),
            (DashboardRole.Admin.Word(), reader.Say("admin: also invites, manages keys and erases people")),
        ];
}
