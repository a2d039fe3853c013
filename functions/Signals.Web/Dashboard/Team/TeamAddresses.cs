namespace Signals.Web.Dashboard.Team;

/// <summary>Where the pages and forms about the team are.</summary>
internal static class TeamAddresses
{
    public const string Team = "/team";
    public const string Invite = "/team/invite";
    public const string Mail = "/team/mail";
    public const string Change = "/team/change";
    public const string End = "/team/end";

    public const string Me = "/me";
    public const string ChangeMe = "/me/change";
    public const string EndSession = "/me/sessions/end";
    public const string EndOthers = "/me/sessions/end-others";
    public const string NewPasskey = "/me/passkeys/new";
    public const string AddPasskey = "/me/passkeys/add";
    public const string RemovePasskey = "/me/passkeys/remove";
}
