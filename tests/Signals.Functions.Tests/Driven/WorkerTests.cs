using System.Net;

namespace Signals.Functions.Tests.Driven;

/// <summary>The built worker as a Functions host meets it.</summary>
public sealed class WorkerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_built_worker_tells_its_functions_answers_HTTP_runs_its_timers_and_ends_when_told()
    {
        await using var app = await DrivenApp.StartAsync();

        Assert.Superset(
            new HashSet<string>(["digest", "housekeeping", "sweep", "web"], StringComparer.Ordinal),
            app.Worker.Bindings.Keys.ToHashSet(StringComparer.Ordinal)
        );
        Assert.Equal("{*path}", (string?)app.Worker.Bindings["web"][0]!["route"]);

        Assert.Equal(HttpStatusCode.OK, (await app.Worker.Web.GetAsync("/healthz", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Worker.Web.GetAsync("/readyz", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Worker.Web.GetAsync("/no/such/page", Token)).StatusCode);
        using var withoutToken = new HttpRequestMessage(HttpMethod.Get, "/api/accounts");
        withoutToken.Headers.Authorization = new("Bearer", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Worker.Web.SendAsync(withoutToken, Token)).StatusCode);
        Assert.Equal(
            HttpStatusCode.OK,
            (await app.SendAsync("/v1/batch", ["""{"type":"track","userId":"ada","event":"Watched"}"""])).StatusCode
        );

        await app.Worker.RunTimerAsync("sweep", Token);
        await app.Worker.RunTimerAsync("digest", Token);
        await app.Worker.RunTimerAsync("housekeeping", Token);
        Assert.Equal(new PipelineCounts(1, 1, 0, 0, 0, 0), await app.FoldedAsync(1));

        Assert.Equal(0, await app.Worker.TerminateAsync(Token));
        Assert.Empty(app.Worker.Errors);
    }
}
