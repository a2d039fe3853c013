using Microsoft.AspNetCore.Http;
using Signals.Core.Model;

namespace Signals.Web.Api;

/// <summary>The model's own segment that a list is asked for.</summary>
internal static class SegmentQuery
{
    private const string Name = "segment";

    /// <summary>Null for none. Throws <see cref="ApiRefusal"/> for one that the model does not have.</summary>
    public static string? Of(HttpRequest request, ValueModel model)
    {
        if (Query.One(request, Name) is { } asked && model.Segments.Count == 0)
            throw ApiRefusal.BadParameter(Name, asked, "none: the value model has no segments");
        return Query.OneOf(request, Name, [.. model.Segments.Select(segment => segment.Id)]);
    }
}
