using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Signals.Core.Model;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard;

/// <summary>Tells from a request who reads the answer.</summary>
internal sealed partial class Readers(ValueModel model, FormTokens tokens, TimeProvider clock)
{
    /// <summary>Where the browser's script remembers its IANA time zone.</summary>
    public const string ZoneCookie = "signals-zone";

    private const int MaxLanguages = 20;

    public Reader Of(HttpContext context, Principal? principal) => new()
    {
        Language = LanguageOf(context.Request),
        Zone = ZoneOf(context.Request),
        Currency = model.Currency,
        Now = clock.GetUtcNow(),
        Name = principal?.Name ?? "",
        Role = principal?.Role,
        FormToken = principal is null ? "" : tokens.Create(principal),
    };

    /// <summary>The language the browser likes best of those there are; English when it names neither.</summary>
    private static string LanguageOf(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var languages))
            return Reader.English;
        foreach (var language in languages.Take(MaxLanguages).Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1))
        {
            string primary = MessageLanguages.Of(language.Value.ToString());
            if (primary == Reader.French)
                return Reader.French;
            if (primary is Reader.English or "*")
                return Reader.English;
        }
        return Reader.English;
    }

    private TimeZoneInfo ZoneOf(HttpRequest request) =>
        request.Cookies[ZoneCookie] is { } id && ZoneShape().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : model.TimeZone;

    /// <summary>An IANA name: no dots, for it becomes part of a file's path.</summary>
    [GeneratedRegex(@"\A[A-Za-z]{2,20}(/[A-Za-z0-9_+-]{1,30}){0,2}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ZoneShape();
}
