using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Signals.Web.Tests.Api;

public sealed class OpenApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_document_names_exactly_the_routes_there_are()
    {
        // The dashboard's pages are for people; DashboardRoutes lists them.
        var mapped = _host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName != "dashboard")
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<IHttpMethodMetadata>()
                    .HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")
            )
            .Where(route => !route.StartsWith("OPTIONS ", StringComparison.Ordinal));

        var document = await DocumentAsync();
        var paths = document.GetProperty("paths");
        var described = paths
            .EnumerateObject()
            .SelectMany(path =>
                Resolve(document, path.Value).EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")
            );

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();

        Assert.All(References(document), reference => Assert.NotEqual(JsonValueKind.Undefined, Find(document, reference).ValueKind));
    }

    [Fact]
    public async Task The_document_describes_an_account_member_by_member()
    {
        await _host.SendAsync(SignalsHost.Track("ada", "acme", "Import Failed"));
        await _host.WorkAsync();

        var described = (await DocumentAsync())
            .GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("Account")
            .GetProperty("required");
        var answered = (await _host.GetAsync("/api/accounts/acme")).EnumerateObject().Select(member => member.Name);

        Assert.Equal(described.EnumerateArray().Select(name => name.GetString()), answered);
    }

    private async Task<JsonElement> DocumentAsync() => await _host.GetAsync("/openapi/v1.json");

    private static JsonElement Resolve(JsonElement document, JsonElement item) =>
        item.TryGetProperty("$ref", out var reference) ? Find(document, reference.GetString()!) : item;

    private static JsonElement Find(JsonElement document, string reference) =>
        reference
            .TrimStart('#', '/')
            .Split('/')
            .Aggregate(
                document,
                (at, part) => at.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            );

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
