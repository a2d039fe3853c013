using Microsoft.AspNetCore.Http;
using Signals.Core.Response.Mail;

namespace Signals.Web.Dashboard.Forms;

/// <summary>Tells posts of this site's pages from those that another site had a browser send.</summary>
internal sealed class RequestOrigin(PublicAddress address)
{
    /// <summary>
    /// True when the browser says that one of our pages sent it, or says nothing: then the form's token alone decides. What it says of the
    /// sender's site counts first: behind the platform's front end this app does not always know the name it is reached by.
    /// </summary>
    public bool IsOurs(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(site))
            return site == "same-origin";
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || IsAddressOfThisSite(origin, request);
    }

    private bool IsAddressOfThisSite(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sender)
        && (
            string.Equals(sender.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (
                Uri.TryCreate(address.Url, UriKind.Absolute, out var ours)
                && string.Equals(sender.Authority, ours.Authority, StringComparison.OrdinalIgnoreCase)
            )
        );
}
