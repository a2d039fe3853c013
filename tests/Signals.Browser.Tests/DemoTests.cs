using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Signals.Browser.Tests.DemoApp))]

namespace Signals.Browser.Tests;

/// <summary>Tests on the demo's story.</summary>
public abstract class DemoTests(DemoApp app)
{
    private static string? _session;

    protected DemoApp App { get; } = app;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected async Task<DemoPage> SignedInAsync(Look? look = null)
    {
        Assert.SkipWhen(App.Missing is not null, App.Missing ?? "");
        return await DemoPage.SignedInAsync(App, await SessionAsync(), look ?? new Look());
    }

    /// <summary>A session that all tests share, opened once.</summary>
    protected async Task<string> SessionAsync()
    {
        if (_session is { } known)
            return known;
        using var form = new FormUrlEncodedContent([new("token", DemoApp.ApiToken)]);
        using var response = await App.Client.PostAsync("/signin", form, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string cookie = response
            .Headers.GetValues("Set-Cookie")
            .Single(set => set.StartsWith("signals-session=", StringComparison.Ordinal));
        return _session = cookie.Split(';')[0].Split('=', 2)[1];
    }

    /// <summary>What the API answers.</summary>
    protected async Task<JsonElement> ApiAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoApp.ApiToken);
        using var response = await App.Client.SendAsync(request, Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>The first account that the API lists.</summary>
    protected async Task<string> AccountAsync(string query) =>
        (await ApiAsync("/api/accounts?" + query)).GetProperty("items")[0].GetProperty("id").GetString()!;
}
