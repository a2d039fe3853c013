using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Platform.Messaging;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>The pages about the pipeline, seen by people of several roles.</summary>
public abstract class PipelinePages : IAsyncLifetime
{
    protected const string Keys = "/pipeline/keys";
    protected const string Letters = "/pipeline/dead-letters";

    protected SignalsHost Host { get; } = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Host.DisposeAsync();
    }

    protected DashboardBrowser Admin() => _admin ??= DashboardBrowser.OfPrincipal(Host, "Admin");

    private DashboardBrowser? _admin;

    protected static IElement? Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form").FirstOrDefault(form => form.GetAttribute("action") == action);

    protected static string Notice(IHtmlDocument page) => page.QuerySelector(".notice")?.TextContent ?? "";

    protected static string KeyOf(IHtmlDocument page)
    {
        string notice = Notice(page);
        Assert.Contains("wk_", notice, StringComparison.Ordinal);
        return notice[notice.IndexOf("wk_", StringComparison.Ordinal)..];
    }

    protected static async Task AssertForbiddenAsync(DashboardBrowser browser, IElement? form)
    {
        using var response = await browser.PostAsync(form);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    protected async Task<IHtmlDocument> MakeAsync(string name) =>
        await Admin().SubmitAsync(Form(await Admin().OpenAsync(Keys), $"{Keys}/create"), ("name", name), ("kind", "browser"));

    protected async Task<HttpStatusCode> IngestAsync(string key, string body = """{"userId":"ann","event":"Watched"}""")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await Host.Stranger.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    protected Task PutAsideAsync(params string[] ids) => PutAsideInAsync(QueueNames.Reviews, ids);

    protected async Task PutAsideInAsync(string queue, params string[] ids)
    {
        foreach (string id in ids)
        {
            await Host.Queue.SendAsync(queue, [new OutgoingMessage(id, Encoding.UTF8.GetBytes($"body of {id}"))], Cancellation);
            var message = Assert.Single(await Host.Queue.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(1), Cancellation));
            await Host.Queue.SettleAsync([new SettledMessage(message, Settlement.Dead($"{id} is broken"))], Cancellation);
        }
    }

    /// <summary>The last entry of the audit trail.</summary>
    protected async Task<string> AuditedAsync()
    {
        var entry = (await Host.Services.GetRequiredService<AuditLog>().ReadAsync(null, 1, Cancellation)).Entries[0];
        return $"{entry.Who} {entry.Action} {entry.Subject} {entry.Detail}".TrimEnd();
    }
}
