using System.Reflection;
using Signals.Core.Daily.Figures;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Opening;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Opening;

public sealed class StateGuardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecipientKey Ours = new(new byte[32]);
    private static readonly RecipientKey Theirs = new([.. Enumerable.Repeat((byte)7, 32)]);

    private readonly InMemoryEntityStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_opens_again_with_the_key_it_was_made_with_and_with_no_other()
    {
        await Guard(Ours).CheckAsync(Cancellation);
        await Guard(Ours).CheckAsync(Cancellation);
        var before = await RowAsync();

        var refusal = await Assert.ThrowsAsync<StateRefusedException>(() => Guard(Theirs).CheckAsync(Cancellation));

        Assert.Contains("everybody who unsubscribed would be written to again", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Put the old key back", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before!.ETag, (await RowAsync())!.ETag);
        await Guard(Ours).CheckAsync(Cancellation);
    }

    [Fact]
    public async Task What_a_newer_version_wrote_is_refused_with_both_layouts()
    {
        await Guard(Ours).CheckAsync(Cancellation);
        var row = (await RowAsync())!;
        row["layout"] = StateLayout.Current + 1L;
        await _store.CommitAsync(PipelineCounters.Table, row.PartitionKey, [EntityOperation.Replace(row)], Cancellation);

        var refusal = await Assert.ThrowsAsync<StateRefusedException>(() => Guard(Ours).CheckAsync(Cancellation));

        Assert.Contains(
            $"layout {StateLayout.Current + 1}, and this version of Signals reads layouts up to {StateLayout.Current}",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(StateLayout.Current + 1L, (await RowAsync())!.GetInt64("layout"));
    }

    [Fact]
    public async Task What_an_older_version_wrote_is_opened_and_belongs_to_this_one_from_then_on()
    {
        await Guard(Ours).CheckAsync(Cancellation);
        var row = (await RowAsync())!;
        row["layout"] = StateLayout.Current - 1L;
        await _store.CommitAsync(PipelineCounters.Table, row.PartitionKey, [EntityOperation.Replace(row)], Cancellation);
        await Guard(Ours).CheckAsync(Cancellation);
        Assert.Equal((long)StateLayout.Current, (await RowAsync())!.GetInt64("layout"));
    }

    [Fact]
    public async Task Data_from_before_the_fingerprint_is_told_from_its_mails()
    {
        for (int i = 0; i < 5; i++)
            await SendAsync($"person{i}@acme.example");

        await Assert.ThrowsAsync<StateRefusedException>(() => Guard(Theirs).CheckAsync(Cancellation));
        Assert.Null(await RowAsync());
        await Guard(Ours).CheckAsync(Cancellation);
        await Assert.ThrowsAsync<StateRefusedException>(() => Guard(Theirs).CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Two_processes_that_open_at_once_agree()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Guard(Ours).CheckAsync(Cancellation)));
        Assert.Equal(Ours.Fingerprint, (await RowAsync())!.GetString("recipientKey"));
    }

    [Fact]
    public async Task The_fingerprint_tells_nothing_of_the_key()
    {
        await Guard(Theirs).CheckAsync(Cancellation);
        Assert.Matches("^[0-9a-f]{32}$", Theirs.Fingerprint);
        Assert.DoesNotContain("0707", (await RowAsync())!.GetString("recipientKey"), StringComparison.Ordinal);
        Assert.NotEqual(Ours.Fingerprint, Theirs.Fingerprint);
    }

    /// <summary>
    /// A row's layout that changes without the number of all layouts would let an earlier version open what it cannot read. Whoever changes
    /// one raises <see cref="StateLayout.Current"/> and writes down here what it stands for.
    /// </summary>
    [Fact]
    public void The_number_of_all_layouts_stands_for_these()
    {
        Assert.Equal(8, StateLayout.Current);
        Assert.Equal(
            [7, 3, 1, 1],
            new[]
            {
                Constant(typeof(AccountState), "Schema"),
                Constant(typeof(PersonState), "Schema"),
                Constant(typeof(FigureBook), "Schema"),
                Constant(typeof(EventBatchCodec), "Version"),
            }
        );
    }

    private static int Constant(Type type, string name) =>
        (byte)type.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!;

    private StateGuard Guard(RecipientKey key)
    {
        var lists = new OutreachLists(new ShardedList(_store));
        return new StateGuard(_store, key, lists, new OutreachRows(_store, lists, TimeProvider.System));
    }

    private Task<Entity?> RowAsync() => _store.GetAsync(PipelineCounters.Table, "opening", "state", Cancellation).AsTask();

    private async Task SendAsync(string to)
    {
        var account = AccountKey.Group("acme");
        var record = new OutreachRecord
        {
            Id = OutreachId.Of(account, to, "friction", null, Now).Value,
            Kind = OutreachKind.Message,
            Account = account.Value,
            AccountId = "acme",
            Cause = "friction",
            Template = "friction",
            Locale = "en",
            To = to,
            State = OutreachState.Sent,
            PlannedAt = Now,
            ExpiresAt = Now.AddDays(3),
            Variables = new() { Product = "Nimbus", Cause = "friction" },
        };
        await new OutreachLists(new ShardedList(_store)).AddAsync(record, Cancellation);
        await _store.CommitAsync(AccountRows.Table, account.Value, [OutreachRows.Insert(record)], Cancellation);
        await new Recipients(_store, new VirtualClock(Now)).UnsubscribeAsync(Ours.Of(to), null, "link", Now, Cancellation);
    }
}
