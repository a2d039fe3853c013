using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Testing;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

/// <summary>Storage bills by the operation: these are the exact numbers of a fold's calls.</summary>
public sealed class CostTests
{
    private readonly InMemoryEntityStore _store = new();
    private readonly List<StoreCall> _calls = [];

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(48)]
    public async Task Known_people_of_a_group_cost_a_read_each_and_the_account_a_read_and_one_transaction(int people)
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await FoldPeopleAsync(app, "before", people);
        Watch();

        await FoldPeopleAsync(app, "now", people);

        Assert.Equal(1 + people, Count(StoreCallKind.Get, AccountRows.Table));
        Assert.Equal([1 + people], Writes(AccountRows.Table));
        Assert.Equal((1, 1), (Count(StoreCallKind.Get, PipelineCounters.Table), Count(StoreCallKind.Commit, PipelineCounters.Table)));
        Assert.Equal((2 + people) + 2, _calls.Count);
    }

    [Theory]
    [InlineData(AccountsMode.Person)]
    [InlineData(AccountsMode.Group)]
    public async Task A_known_person_in_their_own_account_costs_two_reads_and_one_transaction(AccountsMode mode)
    {
        var app = new FoldApp(_store, FoldModel.Of(mode));
        await app.FoldAsync("before", EventOf.Track("u", FoldModel.Watched));
        Watch();

        await app.FoldAsync("now", EventOf.Track("u", FoldModel.Watched), EventOf.Track("u", FoldModel.Watched));

        Assert.Equal(2, Count(StoreCallKind.Get, AccountRows.Table));
        Assert.Equal([2], Writes(AccountRows.Table));
        Assert.Equal(5, _calls.Count);
    }

    [Fact]
    public async Task A_member_whose_events_name_no_group_costs_one_more_read_for_the_directory()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await app.FoldAsync("before", EventOf.Group("u", "acme"));
        Watch();

        await app.FoldAsync("now", EventOf.Track("u", FoldModel.Watched));

        Assert.Equal(3, Count(StoreCallKind.Get, AccountRows.Table));
        Assert.Equal([2], Writes(AccountRows.Table));
    }

    [Fact]
    public async Task A_user_nobody_knew_enters_a_group_with_one_directory_write_no_directory_read_and_no_move()
    {
        var app = new FoldApp(_store, FoldModel.Groups);
        await FoldPeopleAsync(app, "before", 1);
        Watch();

        await app.FoldAsync("now", EventOf.Track("new", FoldModel.Watched, group: "acme"));

        Assert.Equal(2, Count(StoreCallKind.Get, AccountRows.Table));
        Assert.Equal([1, 3], Writes(AccountRows.Table));
        Assert.DoesNotContain(_calls, call => call.Target == "due");
    }

    [Fact]
    public async Task A_batch_of_messages_is_counted_in_at_most_four_transactions()
    {
        var app = new FoldApp(_store, FoldModel.People);
        var messages = Enumerable.Range(0, 64).Select(i => FoldApp.Message($"m{i}", EventOf.Track("u", FoldModel.Watched))).ToList();
        await app.FoldAsync("before", EventOf.Track("u", FoldModel.Watched));
        Watch();

        await app.FoldAsync(messages);

        Assert.InRange(Count(StoreCallKind.Commit, PipelineCounters.Table), 1, 4);
        Assert.Equal([2], Writes(AccountRows.Table));
    }

    private static Task FoldPeopleAsync(FoldApp app, string message, int people) =>
        app.FoldAsync(message, Enumerable.Range(0, people).Select(i => EventOf.Track($"u{i}", FoldModel.Watched, group: "acme")));

    private void Watch() =>
        _store.Probe.Before = call =>
        {
            lock (_calls)
                _calls.Add(call);
            return ValueTask.CompletedTask;
        };

    private int Count(StoreCallKind kind, string table) => _calls.Count(call => call.Kind == kind && call.Target == table);

    /// <summary>How many operations each transaction of a table held.</summary>
    private IEnumerable<int> Writes(string table) =>
        _calls.Where(call => call.Kind == StoreCallKind.Commit && call.Target == table).Select(call => call.Writes);
}
