using Microsoft.AspNetCore.Http;

namespace Signals.Web.Dashboard;

/// <summary>One page: reads its data, and no more than it shows, and draws it for a reader.</summary>
internal interface IDashboardPage
{
    /// <summary>Throws <see cref="Api.ApiRefusal"/> when there is no such thing (404) or a parameter is none of ours (400).</summary>
    Task<DashboardPage> ShowAsync(PageRequest request);
}

/// <summary>An answer that is not a page: a file, or a document for a frame. It sets its own headers, and writes as it reads.</summary>
internal interface IDashboardDownload
{
    Task WriteAsync(PageRequest request, HttpResponse response);
}
