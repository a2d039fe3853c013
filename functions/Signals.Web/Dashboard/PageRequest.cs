using Microsoft.AspNetCore.Http;
using Signals.Web.Api;

namespace Signals.Web.Dashboard;

/// <summary>A request for a page by somebody who may see it.</summary>
internal sealed class PageRequest(HttpContext context, Reader reader)
{
    public Reader Reader { get; } = reader;

    /// <summary>The request itself, for cursors and queries that read it.</summary>
    public HttpRequest Http => context.Request;

    /// <summary>Its path and query, to come back to from a form.</summary>
    public string Address => context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();

    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>A part of the path.</summary>
    public string Route(string name) => context.Route(name);

    /// <summary>
    /// A parameter of the query, or null; an empty one counts as absent. Throws <see cref="ApiRefusal"/> when it is given twice or is too
    /// long.
    /// </summary>
    public string? One(string name) => Query.One(context.Request, name);
}
