using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Api;

/// <summary>
/// A request that the API does not answer, and the problem its caller gets. The detail is meant for whoever wrote the caller.
/// </summary>
internal sealed class ApiRefusal(int status, string detail) : Exception(detail)
{
    private const int MaxFoundChars = 80;

    public int Status { get; } = status;

    public static ApiRefusal NotFound(string what, string id) =>
        new(StatusCodes.Status404NotFound, $"There is no {what} '{Excerpt.Of(id, MaxFoundChars)}'.");

    public static ApiRefusal BadParameter(string name, string found, string expected) =>
        new(StatusCodes.Status400BadRequest, $"{name}: found '{Excerpt.Of(found, MaxFoundChars)}', expected {expected}.");
}
