using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Security;

/// <summary>
/// On Azure the platform signs people in to the dashboard, and answers 401 itself to a bearer token that is none of Entra's: what has keys
/// of its own, or needs none, must lie under a path that the deployment excludes.
/// </summary>
public sealed class SignInPathsTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Excluded_paths_are_plain_prefixes()
    {
        Assert.All(ExcludedPaths(), path => Assert.Matches("^/[A-Za-z0-9.]+$", path));
    }

    [Fact]
    public void Every_route_but_the_dashboards_lies_under_an_excluded_path()
    {
        var excluded = ExcludedPaths();

        Assert.All(
            Routes(ofDashboard: false),
            route => Assert.Contains(excluded, path => route == path || route.StartsWith(path + "/", StringComparison.Ordinal))
        );
    }

    /// <summary>
    /// However the platform reads a prefix, by segment or by letter, no page of the dashboard may begin with one: nobody would be signed in
    /// to it.
    /// </summary>
    [Fact]
    public void No_page_of_the_dashboard_begins_with_an_excluded_path()
    {
        var excluded = ExcludedPaths();

        Assert.All(
            Routes(ofDashboard: true),
            route => Assert.DoesNotContain(excluded, path => route.StartsWith(path, StringComparison.Ordinal))
        );
    }

    private List<string> Routes(bool ofDashboard)
    {
        var routes = _host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName == "dashboard" == ofDashboard)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct()
            .ToList();
        Assert.NotEmpty(routes);
        return routes;
    }

    private static List<string> ExcludedPaths()
    {
        using var snapshot = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "everything.snapshot.json")));
        return
        [
            .. snapshot
                .RootElement.GetProperty("predictedResources")
                .EnumerateArray()
                .Single(resource => resource.GetProperty("name").GetString()!.EndsWith("/authsettingsV2", StringComparison.Ordinal))
                .GetProperty("properties")
                .GetProperty("globalValidation")
                .GetProperty("excludedPaths")
                .EnumerateArray()
                .Select(path => path.GetString()!),
        ];
    }
}
