using Signals.Core.State.Indexes;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Pipeline;

namespace Signals.Web.Dashboard.Team;

/// <summary>One's own settings, passkeys, and where one is signed in.</summary>
internal sealed class MePage(UserSessions sessions, AccountFacets facets, IDashboardAccess access, PasskeySection passkeys) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string title = reader.Say("Your settings");
        if (reader.User is not { } user)
        {
            string lead =
                reader.Name == SessionAccess.LinkName
                    ? reader.Say("You came in by the printed link or the API token: nobody’s name stands behind what you do here.")
                    : reader.Say("Your sign-in brings no mail address, so there is nothing to set here.");
            Html team = reader.May(DashboardRole.Admin)
                ? $"""<p><a class="button second" href="{TeamAddresses.Team}">{reader.Say("Invite yourself and the team")}</a></p>"""
                : Html.Empty;
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{team}");
        }
        var csms = await facets.ReadAsync(AccountFacets.Csm, request.Cancellation);
        Html role = DashboardRoles.Of(user.Role) is { } known ? $" · {TokenWords.Role(reader, known)}" : Html.Empty;
        Html open = Html.Empty,
            keys = Html.Empty;
        if (access is SessionAccess)
        {
            open = Sessions(reader, await sessions.ListAsync(user.Id, request.Cancellation));
            keys = await passkeys.OfAsync(reader, user, request.Cancellation);
        }
        return new DashboardPage(
            title,
            $"""
            {Heading.Of($"{title}", $"{Html.Isolated(user.Address)}{role}")}
            {Form.Post(reader, TeamAddresses.ChangeMe, $"""
            <div class="filters">
            {TeamFields.NameField(reader, user.Name)}
            {TeamFields.LanguageField(reader, user.Language)}
            {TeamFields.ZoneField(reader, user.Zone)}
            {TeamFields.CsmField(reader, user.Csm)}{TeamFields.CsmList(csms)}
            {Form.Button(reader.Say("Save"))}</div>
            """)}
            <p class="quiet">{reader.Say(
                "With a CS manager’s name set, Today and Accounts begin with those accounts; everybody’s are one choice away.")}</p>
            {keys}
            {open}
            """
        );
    }

    private static Html Sessions(Reader reader, IReadOnlyList<UserSession> open)
    {
        string title = reader.Say("Where you are signed in");
        Html others =
            open.Count > 1
                ? Form.Post(
                    reader,
                    TeamAddresses.EndOthers,
                    $"""<button type="submit" class="second">{reader.Say("Sign out everywhere else")}</button>"""
                )
                : Html.Empty;
        return $"""
            <section><h2>{title}</h2>
            <ul class="list sessions">{open.Select(session => Row(reader, session))}</ul>
            {others}</section>
            """;
    }

    private static Html Row(Reader reader, UserSession session)
    {
        bool isThis = session.Id == reader.SessionId;
        string device = session.Device.Length > 0 ? session.Device : reader.Say("An unknown browser");
        Html end = isThis
            ? Html.Of($"""<span class="tag good">{reader.Say("this browser")}</span>""")
            : Form.Post(
                reader,
                TeamAddresses.EndSession,
                $"""
                {Form.Hidden(FormRequest.IdField, session.Id)}
                <button type="submit" class="second">{reader.Say("Sign out")}<span class="unseen"> {device}</span></button>
                """
            );
        Html seen = session.SeenOn is { } day ? reader.SayHtml($"last seen on {Html.Of($"{reader.Day(day)}")}") : Html.Empty;
        return $"""
            <li><div class="what"><p>{device}</p>
            <p class="line quiet">{reader.SayHtml($"since {reader.TimeDay(session.OpenedAt)}")} · {seen} · {reader.SayHtml(
                $"until {reader.TimeDay(session.EndsAt)}")}</p></div>
            <div class="actions">{end}</div></li>
            """;
    }
}
