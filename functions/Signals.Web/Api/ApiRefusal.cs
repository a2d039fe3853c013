using Microsoft.AspNetCore.Http;

namespace Signals.Web.Api;

/// <summary>
/// A request that the API does not answer, and the problem its caller gets. The detail is meant for whoever wrote the caller.
/// </summary>
internal sealed class ApiRefusal(int status, string detail) : Exception(detail)
{
    private const int MaxFoundChars = 80;

    public int Status { get; } = status;

    public static ApiRefusal NotFound(string what, string id) => new(StatusCodes.Status404NotFound, $"There is no {what} '{Cut(id)}'.");

    public static ApiRefusal BadParameter(string name, string found, string expected) =>
        new(StatusCodes.Status400BadRequest, $"{name}: found '{Cut(found)}', expected {expected}.");

    private static string Cut(string found) => found.Length <= MaxFoundChars ? found : found[..MaxFoundChars] + "…";
}
