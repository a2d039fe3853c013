using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard.Views;

/// <summary>
/// The list that the reader came from: its address and the accounts of its page, kept in the browser for as long as it is open, so that an
/// account's page leads to the one before and the one after without reading the list again.
/// </summary>
internal static class CameFrom
{
    private const string Cookie = "signals-list";
    private const char Between = '\u001f';
    private const int MaxBytes = 2400;
    private const int MaxCookieChars = 3400;

    /// <summary>Remembers a page of a list.</summary>
    public static void Leave(PageRequest request, IEnumerable<string> accountIds)
    {
        var text = new StringBuilder(request.Address);
        foreach (string id in accountIds)
        {
            if (Encoding.UTF8.GetByteCount(id) + text.Length > MaxBytes)
                break;
            text.Append(Between).Append(id);
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (bytes.Length <= MaxBytes)
            request.Http.HttpContext.Response.Cookies.Append(
                Cookie,
                Base64Url.EncodeToString(bytes),
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Strict,
                    Secure = request.Http.IsHttps,
                    Path = "/",
                }
            );
    }

    /// <summary>The way back, and to the neighbours in that list; the way to all accounts where the reader came from elsewhere.</summary>
    public static Html Way(PageRequest request, string accountId, string otherwise, string text)
    {
        var reader = request.Reader;
        if (Read(request.Http) is not var (address, ids) || ids.IndexOf(accountId) is not (>= 0 and var at))
            return Heading.Back(otherwise, text);
        string back = address.StartsWith(otherwise, StringComparison.Ordinal) ? text : reader.Say("Today");
        Html before = at > 0 ? Link(ids[at - 1], "prev", reader.Say("Previous")) : Html.Empty;
        Html after = at + 1 < ids.Count ? Link(ids[at + 1], "next", reader.Say("list|Next")) : Html.Empty;
        return $"""
            <nav class="back way" aria-label="{reader.Say("The list you came from")}"><a href="{address}">← {back}</a>
            <span class="quiet">{reader.Say($"{at + 1} of {ids.Count}")}</span>{before}{after}</nav>
            """;
    }

    private static Html Link(string id, string rel, string text) => $"""<a href="{Links.Account(id)}" rel="{rel}">{text}</a>""";

    private static (string Address, List<string> Ids)? Read(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: <= MaxCookieChars } cookie || !Base64Url.IsValid(cookie))
            return null;
        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cookie)).Split(Between);
        string address = LocalAddress.Of(parts[0], "");
        return address.Length == 0 ? null : (address, [.. parts.Skip(1)]);
    }
}
