using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.CustomerVoice;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>Finds a request as it stands after what was put together.</summary>
internal static class RequestFinder
{
    /// <exception cref="ApiRefusal">There is no such request, or it is part of another.</exception>
    public static async Task<FeatureRequest> GetAsync(RequestBook book, string key, CancellationToken cancellationToken) =>
        Get(RequestBook.Merged(await book.ReadAsync(cancellationToken), await book.ReadDecisionsAsync(cancellationToken)), key);

    /// <exception cref="ApiRefusal">It is none of them.</exception>
    public static FeatureRequest Get(IReadOnlyList<FeatureRequest> requests, string key) =>
        requests.FirstOrDefault(request => request.Key == key)
        ?? throw new ApiRefusal(StatusCodes.Status404NotFound, "There is no such request.");
}
