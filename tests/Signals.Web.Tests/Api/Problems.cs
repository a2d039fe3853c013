using System.Net;
using System.Text.Json;

namespace Signals.Web.Tests.Api;

/// <summary>What every answer that is no success must be.</summary>
internal static class Problems
{
    /// <summary>Checks that it is a problem by RFC 9457 with this status; gives its detail.</summary>
    public static async Task<string> IsAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem.GetProperty("detail").GetString()!;
    }
}
