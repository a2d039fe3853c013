using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Languages;

namespace Signals.Web.Dashboard;

/// <summary>Tells from a request who reads the answer.</summary>
internal sealed class Readers(ValueModel model, FormTokens tokens, TeamDirectory team, TimeProvider clock)
{
    /// <summary>Where the browser's script remembers its IANA time zone.</summary>
    public const string ZoneCookie = "signals-zone";

    public Reader Of(HttpContext context, Principal? principal) =>
        new()
        {
            Language = principal?.User?.Language ?? AcceptedLanguage.OfTeam(context.Request.Headers.AcceptLanguage).Code,
            Zone = (principal?.User?.Zone is { } zone ? ZoneNames.Find(zone) : null) ?? ZoneOf(context.Request),
            Currency = model.Currency,
            Now = clock.GetUtcNow(),
            Name = principal?.Name ?? "",
            Role = principal?.Role,
            User = principal?.User,
            SessionId = principal?.SessionId ?? "",
            Team = principal is null ? TeamNames.Nobody : team.Names,
            FormToken = principal is null ? "" : tokens.Create(principal),
        };

    private TimeZoneInfo ZoneOf(HttpRequest request) =>
        request.Cookies[ZoneCookie] is { } id && ZoneNames.Find(id) is { } zone ? zone : model.TimeZone;
}
