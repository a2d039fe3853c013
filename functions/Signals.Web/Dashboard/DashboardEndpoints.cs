using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Signals.Web.Dashboard;

/// <summary>The pages for people, and the way in.</summary>
internal static class DashboardEndpoints
{
    /// <summary>Registers the dashboard; an <see cref="IDashboardAccess"/> that the host registered before stays.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, string apiToken)
    {
        services.AddSingleton(provider => new Sessions(apiToken, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<SessionAccess>();
        services.TryAddSingleton<IDashboardAccess>(provider => provider.GetRequiredService<SessionAccess>());
        services.AddSingleton<AccountsPage>();
        services.AddSingleton<AccountPage>();
        services.AddSingleton<DashboardHandler>();
        return services;
    }

    public static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var handler = endpoints.ServiceProvider.GetRequiredService<DashboardHandler>();
        endpoints.MapGet("/", (RequestDelegate)(context => handler.GuardAsync(context, handler.AccountsAsync)));
        endpoints.MapGet("/accounts/{id}", (RequestDelegate)(context => handler.GuardAsync(context, handler.AccountAsync)));
        if (endpoints.ServiceProvider.GetRequiredService<IDashboardAccess>() is SessionAccess)
        {
            endpoints.MapGet("/signin", (RequestDelegate)handler.SignInAsync);
            endpoints.MapPost("/signin", (RequestDelegate)handler.SignInByTokenAsync);
        }
        return endpoints;
    }
}
