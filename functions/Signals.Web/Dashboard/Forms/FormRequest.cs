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

    /// <summary>A hidden field: which of several a form is about.</summary>
    public const string IdField = "id";

    private const int MaxIdChars = 300;

    public Reader Reader { get; } = reader;

    /// <summary>Who sent it, as the audit trail names them.</summary>
    public string Who => Reader.Name;

    /// <summary>
    /// Never that of a browser that goes away: between a change and its line in the audit trail there is no good place to stop.
    /// </summary>
    public CancellationToken Cancellation { get; } = CancellationToken.None;

    /// <summary>Which of several the form is about; empty for none.</summary>
    public string Id => Text(IdField, MaxIdChars);

    /// <summary>Ends the session, for whoever kept its cookie too.</summary>
    public Task SignOutAsync() => context.RequestServices.GetRequiredService<SessionAccess>().SignOutAsync(context);

    /// <summary>The request itself, for checks that ask for it.</summary>
    public HttpContext Http => context;

    public string Route(string name) => context.Route(name);

    /// <summary>
    /// A field's text without the space around it; empty when it is absent. A browser counts the end of a line as one character and sends
    /// two: it is one here too. Throws <see cref="ApiRefusal"/> when the text is longer.
    /// </summary>
    public string Text(string field, int most)
    {
        string text = form[field].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
        return text.Length <= most ? text : throw ApiRefusal.BadParameter(field, $"{text.Length} characters", $"at most {most}");
    }

    /// <summary>Where the form's page said to go back to, as long as that is a path of this site.</summary>
    public string ReturnTo(string otherwise) => LocalAddress.Of(form[ReturnField].ToString(), otherwise);

    /// <summary>A field's values, as many as were given.</summary>
    public IReadOnlyList<string> All(string field) => [.. form[field].OfType<string>()];

    /// <summary>True for a box that was ticked.</summary>
    public bool IsTicked(string field) => form[field].Count > 0;
}
