using System.Net;
using Signals.Web.Doors;

namespace Signals.Web.Tests.Doors;

public sealed class DoorSignatureTests : DoorHost
{
    private const string Empty = "[]";

    public static TheoryData<string> Macs =>
        ["stripe", "paddle", "zendesk", "hubspot", "intercom", "typeform", "delighted", "formbricks", "orders"];

    public static TheoryData<string> Timed => ["stripe", "paddle", "zendesk", "hubspot", "formbricks"];

    public static TheoryData<string> Shared => ["chargebee", "freshdesk", "salesforce"];

    [Theory]
    [MemberData(nameof(Macs))]
    [MemberData(nameof(Shared))]
    public async Task A_post_by_the_secret_is_taken_and_by_another_or_by_none_is_not(string door)
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(door, Empty)).Status);

        var (status, answer) = await SendAsync(door, Empty, secret: Secret(door)[..^1] + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.DoesNotContain(Secret(door), answer, StringComparison.Ordinal);
        string header = DoorOf(door).Signature.Header;
        (status, answer) = await SendAsync(door, Empty, change: request => request.Headers.Remove(header));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains($"expected the header {header}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Macs))]
    public async Task A_body_that_was_changed_is_refused(string door)
    {
        var (status, _) = await SendAsync(door, Empty, change: request => request.Content = new StringContent("[{}]"));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [MemberData(nameof(Macs))]
    public async Task A_signature_that_is_none_is_refused(string door)
    {
        string header = DoorOf(door).Signature.Header;
        foreach (
            string odd in (string[])["x", "v1=zz", "sha256=", "t=1", new string('a', 5_000), ",,,;;;   ", "t=1,v1=" + new string('0', 64)]
        )
        {
            var (status, _) = await SendAsync(
                door,
                Empty,
                change: request =>
                {
                    request.Headers.Remove(header);
                    request.Headers.TryAddWithoutValidation(header, odd);
                }
            );
            Assert.Equal(HttpStatusCode.Unauthorized, status);
        }
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public async Task A_post_that_is_stale_or_ahead_of_time_is_refused_and_one_just_within_is_not(string door)
    {
        var now = Host.Clock.GetUtcNow();

        foreach (int seconds in (int[])[-299, 299])
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(door, Empty, now.AddSeconds(seconds))).Status);
        foreach (int seconds in (int[])[-301, 301])
        {
            var (status, answer) = await SendAsync(door, Empty, now.AddSeconds(seconds));
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("301 seconds", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_post_that_somebody_caught_is_worth_nothing_later_and_a_duplicate_at_once()
    {
        string body = Payload("stripe/invoice-with-metadata");
        var caughtAt = Host.Clock.GetUtcNow();
        await SendAsync("stripe", body, caughtAt);
        await SendAsync("stripe", body, caughtAt);
        await Host.FoldAsync();

        Assert.Equal(1, (await AccountAsync()).History.Total("Payment Failed")?.Count);

        Host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("stripe", body, caughtAt)).Status);
    }

    [Fact]
    public async Task While_a_secret_is_changed_both_are_good()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("stripe", Empty, secret: EarlierSecret)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("stripe", Empty)).Status);
    }

    [Fact]
    public async Task A_door_that_there_is_not_or_that_has_no_secret_is_closed()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("nowhere", Empty)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await AskAsync(HttpMethod.Get, "stripe")).StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_whether_a_door_is_there_hears_so()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(HttpMethod.Head, "intercom")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(HttpMethod.Head, "nowhere")).StatusCode);
    }

    [Theory]
    [InlineData("stripe=short-secret")]
    [InlineData("stripe")]
    [InlineData("=0123456789abcdef")]
    [InlineData("a=0123456789abcdef,a=0123456789abcdeg,a=0123456789abcdeh,a=0123456789abcdei")]
    public void Secrets_that_cannot_be_used_are_none(string text) => Assert.Null(DoorSecrets.Parse(text));

    [Fact]
    public void A_door_without_a_secret_that_fits_is_named_and_secrets_are_never_told()
    {
        var secrets = DoorSecrets.Parse("stripe=0123456789abcdef, formbricks=whsec_not-base64!!!")!;

        Assert.Equal("chargebee", secrets.MissingIn(Host.Model)?.Id);
        Assert.Equal("formbricks", secrets.MissingIn(Host.Model with { Doors = [DoorOf("stripe"), DoorOf("formbricks")] })?.Id);
        Assert.Null(secrets.MissingIn(Host.Model with { Doors = [DoorOf("stripe")] }));
        Assert.DoesNotContain("0123", secrets.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_too_deep_or_no_json_is_refused_whole()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70));
        foreach (
            string body in (string[])
                [new string(' ', 1024 * 1024) + Empty, deep, "{", "", "\"\\ud800\"", $"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]"]
        )
        {
            var (status, _) = await SendAsync("orders", body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
        }
        await Host.FoldAsync();
        Assert.Empty(await QuarantineAsync());
    }

    [Fact]
    public async Task Odd_shapes_are_quarantined_and_break_nothing()
    {
        foreach (string door in Macs.Concat(Shared).Select(row => row.Data))
        {
            foreach (
                string body in (string[])
                    ["{}", "1", "null", "[[],1,null,\"x\",{\"type\":{}}]", "{\"type\":[1],\"data\":3,\"created\":\"x\"}"]
            )
                Assert.Equal(HttpStatusCode.OK, (await SendAsync(door, body)).Status);
        }
        await Host.FoldAsync();

        Assert.NotEmpty(await QuarantineAsync());
        Assert.All(await QuarantineAsync(), reason => Assert.StartsWith("door '", reason, StringComparison.Ordinal));
        Assert.Equal(0, await DeadAsync());
    }

    [Theory]
    [InlineData("unknown", "type ($.type): found 'entitlements.active_entitlement_summary.updated', expected one that door 'stripe' takes")]
    [InlineData("nobody", "whose it is: found nobody, expected an id or an address (account at $.data.object.metadata.accountId")]
    public async Task What_is_not_understood_is_kept_with_the_reason(string name, string reason)
    {
        var (_, answer) = await SendAsync("stripe", Payload($"stripe/{name}"));
        await Host.FoldAsync();

        Assert.Equal("{\"events\":0,\"quarantined\":1}", answer);
        Assert.StartsWith($"door 'stripe': {reason}", Assert.Single(await QuarantineAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_says_nothing_that_matters_is_taken_and_forgotten()
    {
        var (status, answer) = await SendAsync("stripe", Payload("stripe/ignored"));

        Assert.Equal((HttpStatusCode.OK, "{\"events\":0,\"quarantined\":0}"), (status, answer));
        Assert.Equal("{\"events\":0,\"quarantined\":0}", (await SendAsync("intercom", Payload("intercom/ping"))).Answer);
    }

    private async Task<long> DeadAsync() =>
        (await Host.Queue.GetDepthAsync(Core.Platform.Messaging.QueueNames.Usage, TestContext.Current.CancellationToken)).DeadLetteredItems;

    private Task<HttpResponseMessage> AskAsync(HttpMethod method, string door) =>
        Host.Stranger.SendAsync(new HttpRequestMessage(method, $"/v1/in/{door}"), TestContext.Current.CancellationToken);
}
