using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard.Forms;

/// <summary>
/// What a form did, told once by the page that follows it. It travels in a sealed cookie, so that no link and no other site can put words
/// here.
/// </summary>
internal sealed class Notices(string apiToken)
{
    private const string Cookie = "signals-notice";
    private const int MaxNoticeChars = 400;
    private const int MaxCookieChars = 4000;
    private const string Problem = "!";
    private const char UndoEnd = '\u001f';

    private readonly Seal _seal = new(apiToken, "signals.notice.v1");

    public void Leave(HttpContext context, Notice notice)
    {
        string text = notice.Text.Length > MaxNoticeChars ? notice.Text[..MaxNoticeChars] : notice.Text;
        string content = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($"{(notice.IsProblem ? Problem : " ")}{notice.Undo}{UndoEnd}{text}")
        );
        context.Response.Cookies.Append(Cookie, _seal.Close(content), Options(context));
    }

    /// <summary>The notice that waits for this page, if any; the browser forgets it.</summary>
    public Notice? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } cookie)
            return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        if (cookie.Length > MaxCookieChars || _seal.Open(cookie) is not { } content || !Base64Url.IsValid(content))
            return null;
        string text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(content));
        int end = text.IndexOf(UndoEnd, StringComparison.Ordinal);
        return new Notice(text[(end + 1)..], text.StartsWith(Problem, StringComparison.Ordinal), end > 1 ? text[1..end] : null);
    }

    private static CookieOptions Options(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
        };
}

/// <summary>A sentence about what was done, or what was not.</summary>
internal sealed record Notice(string Text, bool IsProblem = false, string? Undo = null);
