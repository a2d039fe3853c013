using System.Net;
using System.Text.Json;

namespace Signals.Web.Tests.Ingestion;

/// <summary>What a sender got back.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );

    public void IsSuccess()
    {
        Assert.Equal(HttpStatusCode.OK, Status);
        Assert.Equal("""{"success":true}""", Body);
    }

    /// <summary>Checks that it is a problem by RFC 9457 with this status, and gives its members.</summary>
    public JsonElement IsProblem(HttpStatusCode status)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/problem+json", ContentType);
        using var document = JsonDocument.Parse(Body);
        var problem = document.RootElement.Clone();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.False(problem.GetProperty("success").GetBoolean());
        return problem;
    }

    public string Detail(HttpStatusCode status) => IsProblem(status).GetProperty("detail").GetString()!;
}
