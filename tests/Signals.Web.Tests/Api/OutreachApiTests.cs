using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Identity;

namespace Signals.Web.Tests.Api;

public sealed class OutreachApiTests : IAsyncLifetime
{
    private readonly SignalsHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_message_that_was_sent_reads_as_it_left()
    {
        await GivenStuckAccountsAsync(1);

        var sent = (await _host.GetAsync("/api/outreach?state=sent"))
            .GetProperty("items")
            .EnumerateArray()
            .First(item => Text(item, "kind") == "message");
        var outreach = await _host.GetAsync("/api/outreach/" + Text(sent, "id"));

        Assert.Equal(
            ("u0", "u0@x.example", "account-0", "onboarding-stalled", "import-users"),
            (
                Text(outreach, "person"),
                Text(outreach, "to"),
                Text(outreach, "account"),
                Text(outreach, "cause"),
                Text(outreach, "causeKind")
            )
        );
        Assert.False(outreach.GetProperty("preview").GetBoolean());
        Assert.Equal(Text(sent, "subject"), Text(outreach.GetProperty("message"), "subject"));
        Assert.Contains("https://signals.nimbus.example/u/", Text(outreach.GetProperty("message"), "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_of_one_that_was_not_sent_holds_no_working_unsubscribe_link()
    {
        await GivenStuckAccountsAsync(1, sendNothing: true);

        var planned = (await _host.GetAsync("/api/outreach?state=planned"))
            .GetProperty("items")
            .EnumerateArray()
            .First(item => Text(item, "kind") == "message");
        var outreach = await _host.GetAsync("/api/outreach/" + Text(planned, "id"));

        Assert.True(outreach.GetProperty("preview").GetBoolean());
        Assert.Contains(
            "https://signals.nimbus.example/u/preview",
            Text(outreach.GetProperty("message"), "text"),
            StringComparison.Ordinal
        );
        Assert.Null(_host.Services.GetRequiredService<UnsubscribeTokens>().Verify("preview"));
    }

    [Fact]
    public async Task Alerts_about_many_accounts_in_one_moment_are_all_listed_once()
    {
        await GivenStuckAccountsAsync(120);

        var all = await _host.IdsAsync("/api/outreach");
        var sent = await _host.IdsAsync("/api/outreach?state=sent");

        Assert.Equal(240, all.Count);
        Assert.Equal(240, all.Distinct().Count());
        Assert.Equal(all.Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_accounts_outreach_is_filtered_by_state()
    {
        await GivenStuckAccountsAsync(2);

        Assert.Equal(2, (await _host.IdsAsync("/api/outreach?account=account-1")).Count);
        Assert.Equal(2, (await _host.IdsAsync("/api/outreach?account=account-1&state=sent")).Count);
        Assert.Empty(await _host.IdsAsync("/api/outreach?account=account-1&state=planned"));
    }

    [Fact]
    public async Task A_hint_of_a_state_that_was_left_is_skipped_and_removed()
    {
        await GivenStuckAccountsAsync(1);
        var id = new OutreachId((await _host.IdsAsync("/api/outreach?state=sent"))[0]);
        var stored = await _host.Services.GetRequiredService<OutreachRows>().GetAsync(id, TestContext.Current.CancellationToken);
        var lists = _host.Services.GetRequiredService<OutreachLists>();
        await lists.AddAsync(stored!.Record with { State = OutreachState.Planned }, TestContext.Current.CancellationToken);

        Assert.Empty(await _host.IdsAsync("/api/outreach?state=planned"));

        Assert.Empty(await HintsAsync(lists, OutreachState.Planned));
    }

    [Fact]
    public async Task A_hint_of_a_state_still_to_come_is_skipped_and_kept()
    {
        await GivenStuckAccountsAsync(1, sendNothing: true);
        var id = new OutreachId((await _host.IdsAsync("/api/outreach?state=planned"))[0]);
        var stored = await _host.Services.GetRequiredService<OutreachRows>().GetAsync(id, TestContext.Current.CancellationToken);
        var lists = _host.Services.GetRequiredService<OutreachLists>();
        await lists.AddAsync(stored!.Record with { State = OutreachState.Sent }, TestContext.Current.CancellationToken);

        Assert.Empty(await _host.IdsAsync("/api/outreach?state=sent"));

        Assert.Single(await HintsAsync(lists, OutreachState.Sent));
    }

    /// <summary>A digest is of no customer's account: its key begins with another letter than theirs.</summary>
    [Fact]
    public async Task A_digest_is_read_and_paged_through_like_everything_that_is_listed()
    {
        await GivenStuckAccountsAsync(60);
        var rows = _host.Services.GetRequiredService<OutreachRows>();
        var newest = await rows.GetAsync(new OutreachId((await _host.IdsAsync("/api/outreach"))[0]), TestContext.Current.CancellationToken);
        var account = new AccountKey("d_digests");
        for (int i = 0; i < 60; i++)
        {
            var record = newest!.Record with
            {
                Id = OutreachId.Of(account, $"cs{i}@x.example", "digest", null, newest.Record.PlannedAt.AddMinutes(1)).Value,
                Kind = OutreachKind.Digest,
                Account = account.Value,
                AccountId = "",
                State = OutreachState.Planned,
            };
            await rows.AnnounceAsync(record, TestContext.Current.CancellationToken);
            await _host.Store.CommitAsync("accounts", account.Value, [OutreachRows.Insert(record)], TestContext.Current.CancellationToken);
        }

        var ids = await _host.IdsAsync("/api/outreach");

        Assert.Equal(60, ids.Count(id => id.EndsWith(account.Value, StringComparison.Ordinal)));
        Assert.Equal("digest", Text(await _host.GetAsync("/api/outreach/" + ids[0]), "kind"));
    }

    private static async Task<List<OutreachId>> HintsAsync(OutreachLists lists, OutreachState state)
    {
        var hints = new List<OutreachId>();
        await foreach (var (id, _) in lists.ReadAsync(state, null, 10, TestContext.Current.CancellationToken))
            hints.Add(id);
        return hints;
    }

    /// <summary>Accounts whose import failed, each with a message to its person and an alert to the CS manager.</summary>
    private async Task GivenStuckAccountsAsync(int count, bool sendNothing = false)
    {
        await _host.SendAsync(
            Enumerable
                .Range(0, count)
                .SelectMany(i =>
                    new[]
                    {
                        SignalsHost.Person($"u{i}", new { email = $"u{i}@x.example", name = $"Person {i}" }),
                        SignalsHost.Account($"u{i}", $"account-{i}", new { name = $"Account {i}", plan = "pro" }),
                        SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"),
                        SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"),
                        SignalsHost.Track($"u{i}", $"account-{i}", "Import Failed"),
                    }
                )
        );
        await _host.SettleAsync(except: sendNothing ? Core.Platform.Messaging.QueueNames.Outreach : null);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
