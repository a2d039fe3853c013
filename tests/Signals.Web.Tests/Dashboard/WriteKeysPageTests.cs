using System.Net;

namespace Signals.Web.Tests.Dashboard;

public sealed class WriteKeysPageTests : PipelinePages
{
    [Fact]
    public async Task A_key_is_shown_once_and_opens_at_once()
    {
        var after = await MakeAsync("web <b>shop</b>");
        string key = KeyOf(after);

        Assert.Equal(HttpStatusCode.OK, await IngestAsync(key));
        var again = await Admin().OpenAsync(Keys);
        Assert.DoesNotContain(key, again.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("web <b>shop</b>", again.QuerySelector("table.keys")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"ann@nimbus.example key.created web <b>shop</b> …{key[^4..]}, browser", await AuditedAsync());
    }

    [Fact]
    public async Task A_keys_kind_is_chosen_when_it_is_made_shown_and_changed()
    {
        var page = await Admin().SubmitAsync(Form(await Admin().OpenAsync(Keys), $"{Keys}/create"), ("name", "api"), ("kind", "server"));
        Assert.Equal("server", page.QuerySelector("table.keys tbody td")!.TextContent);

        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        page = await Admin().SubmitAsync(Form(page, $"{Keys}/kind"), ("kind", "browser"));

        Assert.Contains("is a browser key now", Notice(page), StringComparison.Ordinal);
        Assert.Equal("browser", page.QuerySelector("table.keys tbody td")!.TextContent);
        Assert.StartsWith("ann@nimbus.example key.kind api …", await AuditedAsync(), StringComparison.Ordinal);
        using var neither = await Admin().PostAsync(Form(page, $"{Keys}/kind"), ("kind", "both"));
        Assert.Equal(HttpStatusCode.BadRequest, neither.StatusCode);
    }

    [Fact]
    public async Task A_rotated_key_and_its_successor_both_open_until_the_old_ones_time_is_over()
    {
        string old = KeyOf(await MakeAsync("web"));
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var page = await Admin().OpenAsync(Keys);
        string next = KeyOf(await Admin().SubmitAsync(Form(page, $"{Keys}/rotate"), ("hours", "1")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await IngestAsync(old), await IngestAsync(next)]);
        Assert.Equal($"ann@nimbus.example key.rotated web …{next[^4..]}; the old key ends in 1 hours", await AuditedAsync());
        Host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [await IngestAsync(old), await IngestAsync(next)]);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_then_on()
    {
        string key = KeyOf(await MakeAsync("web"));
        Assert.Equal(HttpStatusCode.OK, await IngestAsync(key));
        var page = await Admin().OpenAsync(Keys);

        var after = await Admin().SubmitAsync(Form(page, $"{Keys}/revoke"));

        Assert.Equal(HttpStatusCode.Unauthorized, await IngestAsync(key));
        Assert.Contains("revoked", Notice(after), StringComparison.Ordinal);
        Assert.Contains("ended", after.QuerySelector("table.keys")!.TextContent, StringComparison.Ordinal);
        Assert.Null(Form(after, $"{Keys}/revoke"));
        Assert.Contains("no such valid key", Notice(await Admin().SubmitAsync(Form(page, $"{Keys}/revoke"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_name_that_cannot_be_or_is_taken_makes_no_key(string name)
    {
        await MakeAsync("web");
        var after = await MakeAsync(name);
        Assert.StartsWith("No key was made.", Notice(after), StringComparison.Ordinal);
        Assert.Single(after.QuerySelectorAll("table.keys tbody tr"));
    }

    [Theory]
    [InlineData("hours", "-1")]
    [InlineData("hours", "721")]
    [InlineData("hours", "for ever")]
    public async Task A_time_that_cannot_be_rotates_nothing(string field, string value)
    {
        await MakeAsync("web");
        var page = await Admin().OpenAsync(Keys);
        using var response = await Admin().PostAsync(Form(page, $"{Keys}/rotate"), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single((await Admin().OpenAsync(Keys)).QuerySelectorAll("table.keys tbody tr"));
    }
}
