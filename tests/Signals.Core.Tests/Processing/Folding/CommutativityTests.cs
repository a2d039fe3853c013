using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

public sealed class CommutativityTests
{
    [Theory]
    [InlineData(AccountsMode.Group)]
    [InlineData(AccountsMode.Person)]
    public async Task Any_order_and_any_cutting_into_messages_gives_the_same_state(AccountsMode mode)
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            var story = new RandomStory(seed);
            var events = story.Events(120);
            string? expected = null;
            for (int round = 0; round < 6; round++)
            {
                var store = new InMemoryEntityStore();
                var app = new FoldApp(store, FoldModel.Of(mode));
                var shuffled = round == 0 ? [.. events] : story.Shuffled(events);
                int sent = 0;
                foreach (var batch in story.Cut([.. story.Cut(shuffled, 25)], 4))
                {
                    var messages = batch.Select((part, i) => FoldApp.Message($"m{sent + i}", part)).ToList();
                    sent += messages.Count;
                    await app.FoldAsync(messages);
                }

                // What an alias or identify said last may have moved a history after its own events: everything is settled by now.
                string state = await StateText.OfAsync(app, store.All(AccountRows.Table));
                expected ??= state;
                Assert.True(expected == state, $"Seed {seed}, round {round}:{Environment.NewLine}{StateText.Difference(expected, state)}");
                var totals = await app.TotalsAsync();
                int different = events.Select(usageEvent => usageEvent.MessageId).Distinct(StringComparer.Ordinal).Count();
                Assert.Equal((different, events.Count - different), (totals.Folded, totals.Duplicates));
            }
        }
    }

    [Fact]
    public async Task Property_sums_are_exact_to_a_millionth_in_any_order()
    {
        var random = new Random(7);
        var amounts = Enumerable.Range(0, 2000).Select(_ => Math.Round((random.NextDouble() * 2000) - 500, 6)).ToArray();
        long expected = amounts.Sum(amount => (long)Math.Round(amount * 1e6));
        var source = FoldModel.People.Value.From[0] with { Least = -500 * 60 };
        var model = FoldModel.People with { Value = FoldModel.People.Value with { From = [source] } };

        foreach (int round in Enumerable.Range(0, 3))
        {
            random.Shuffle(amounts);
            var app = new FoldApp(new InMemoryEntityStore(), model);
            await app.FoldAsync(
                $"m{round}",
                amounts.Select(amount => EventOf.Track("u", FoldModel.Watched, properties: new { seconds = amount }))
            );

            var history = (await app.UserAsync("u")).History;
            Assert.Equal(expected, Assert.Single(history.Buckets).Sum(history.SumOf(FoldModel.Watched, "seconds")));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_traits_said_at_the_same_moment_the_same_one_wins_in_any_order(bool reversed)
    {
        UsageEvent[] said =
        [
            EventOf.Identify("u", traits: new { plan = "free" }, id: "one"),
            EventOf.Identify("u", traits: new { plan = "pro" }, id: "two"),
        ];
        string winner = MessageHash.Of("one") > MessageHash.Of("two") ? "free" : "pro";

        var app = new FoldApp(new InMemoryEntityStore(), FoldModel.People);
        await app.FoldAsync("m1", said[reversed ? 1 : 0]);
        await app.FoldAsync("m2", said[reversed ? 0 : 1]);

        Assert.Equal(winner, (await app.UserAsync("u")).Profile[Traits.Plan]);
    }

    [Fact]
    public async Task The_first_naming_of_an_anonymous_id_that_arrives_wins()
    {
        var app = new FoldApp(new InMemoryEntityStore(), FoldModel.People);
        await app.FoldAsync("m1", EventOf.Identify("ada", anonymous: "device"));
        await app.FoldAsync("m2", EventOf.Identify("bob", FoldApp.Noon.AddDays(-1), anonymous: "device"));

        await app.FoldAsync("m3", EventOf.Track(null, FoldModel.Watched, anonymous: "device"));

        Assert.NotNull((await app.UserAsync("ada")).History.Total(FoldModel.Watched));
        Assert.Null((await app.UserAsync("bob")).History.Total(FoldModel.Watched));
    }

    [Fact]
    public async Task After_a_second_group_change_events_without_a_group_go_where_the_person_was_at_their_moment_as_far_as_known()
    {
        var app = new FoldApp(new InMemoryEntityStore(), FoldModel.Groups);
        await app.FoldAsync(
            "m1",
            EventOf.Group("u", "first", FoldApp.Noon.AddDays(-10)),
            EventOf.Track("u", "Early", FoldApp.Noon.AddDays(-1))
        );
        await app.FoldAsync("m2", EventOf.Group("u", "second", FoldApp.Noon.AddDays(-5)));

        await app.FoldAsync(
            "m3",
            EventOf.Track("u", "Before", FoldApp.Noon.AddDays(-6)),
            EventOf.Track("u", "After", FoldApp.Noon.AddDays(-4))
        );

        // "Early" was folded when only the first group was known, and stays there: only self-account history moves, once.
        var first = await app.MemberAsync("first", "u");
        var second = await app.MemberAsync("second", "u");
        Assert.Equal(["Before", "Early"], first.History.Names.Select(total => total.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["After"], second.History.Names.Select(total => total.Name));
    }
}
