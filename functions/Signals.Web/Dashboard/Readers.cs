using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Languages;

namespace Signals.Web.Dashboard;

/// <summary>Tells from a request who reads the answer.</summary>
internal sealed partial class Readers(ValueModel model, FormTokens tokens, TimeProvider clock)
{
    /// <summary>Where the browser's script remembers its IANA time zone.</summary>
    public const string ZoneCookie = "signals-zone";

    public Reader Of(HttpContext context, Principal? principal) =>
        new()
        {
            Language = AcceptedLanguage.OfTeam(context.Request.Headers.AcceptLanguage).Code,
            Zone = ZoneOf(context.Request),
            Currency = model.Currency,
            Now = clock.GetUtcNow(),
            Name = principal?.Name ?? "",
            Role = principal?.Role,
            FormToken = principal is null ? "" : tokens.Create(principal),
        };

    private TimeZoneInfo ZoneOf(HttpRequest request) =>
        request.Cookies[ZoneCookie] is { } id && ZoneShape().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : model.TimeZone;

    /// <summary>An IANA name: no dots, for it becomes part of a file's path.</summary>
    [GeneratedRegex(
        @"\A[A-Za-z]{2,20}(/[A-Za-z0-9_+-]{1,30}){0,2}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex ZoneShape();
}
