using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard.Forms;

/// <summary>A form that was sent by one of our pages to who may send it.</summary>
internal sealed class FormRequest(HttpContext context, Reader reader, IFormCollection form)
{
    /// <summary>A hidden field: the page to go back to.</summary>
    public const string ReturnField = "return";

    private const int MaxAddressChars = 2000;

    public Reader Reader { get; } = reader;

    /// <summary>Who sent it, as the audit trail names them.</summary>
    public string Who => Reader.Name;

    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>Ends the session, for whoever kept its cookie too.</summary>
    public Task SignOutAsync() => context.RequestServices.GetRequiredService<SessionAccess>().SignOutAsync(context);

    public string Route(string name) => context.Route(name);

    /// <summary>
    /// A field's text without the space around it; empty when it is absent. Throws <see cref="ApiRefusal"/> when it is longer.
    /// </summary>
    public string Text(string field, int most)
    {
        string text = form[field].ToString().Trim();
        return text.Length <= most ? text : throw ApiRefusal.BadParameter(field, $"{text.Length} characters", $"at most {most}");
    }

    /// <summary>Where the form's page said to go back to, as long as that is a path of this site.</summary>
    public string ReturnTo(string otherwise)
    {
        string address = form[ReturnField].ToString();
        bool isPath =
            address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= MaxAddressChars && !address.Any(char.IsControl);
        return isPath && Uri.IsWellFormedUriString(address, UriKind.Relative) ? address : otherwise;
    }
}
