using Signals.Core.Daily;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Statistics;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Experiments;

/// <summary>People who are stuck on day 7, by lot written to or held out; the goal is to be over the floor within 14 days.</summary>
public sealed class EffectLogTests
{
    private const int People = 60;

    private static readonly ValueModel Model = StoryModels.OfPeople with
    {
        Outreach = StoryModels.OfPeople.Outreach with { Holdout = 0.5 },
    };

    [Fact]
    public async Task Goals_are_counted_on_the_side_that_the_lot_put_people_on()
    {
        // Everybody with an even number finds value on day 12, whichever side they are on.
        var world = await StuckAsync(Model, finds: person => person % 2 == 0, onDay: 12);

        await world.AdvanceToAsync(day: 25);

        var records = await RecordsAsync(world);
        var effect = Assert.Single(await SumAsync(world));
        Assert.Equal("value-not-found", effect.Playbook.Cause);
        Assert.Equal(Count(records, OutreachState.HeldOut), effect.Message.Control);
        Assert.Equal(Count(records, OutreachState.Sent), effect.Message.Treated);
        Assert.Equal(People, effect.Message.Treated.People + effect.Message.Control.People);
        Assert.Equal(People / 2, effect.Message.Treated.Reached + effect.Message.Control.Reached);
        Assert.All(records, record => Assert.Equal(int.Parse(record.PersonId[1..]) % 2 == 0, record.GoalReached));
    }

    [Fact]
    public async Task Value_found_after_the_playbooks_days_is_not_the_messages_doing()
    {
        var world = await StuckAsync(Model, finds: _ => true, onDay: 23);

        await world.AdvanceToAsync(day: 26);

        var effect = Assert.Single(await SumAsync(world));
        Assert.Equal(
            (People, 0),
            (effect.Message.Treated.People + effect.Message.Control.People, effect.Message.Treated.Reached + effect.Message.Control.Reached)
        );
    }

    [Fact]
    public async Task Nothing_is_counted_before_its_days_are_over_and_nothing_twice_after()
    {
        var world = await StuckAsync(Model, finds: _ => true, onDay: 12);

        await world.AdvanceToAsync(day: 20);
        Assert.Empty(await SumAsync(world));
        await world.AdvanceToAsync(day: 22);
        var first = Assert.Single(await SumAsync(world));
        var again = (await RecordsAsync(world)).Select(record =>
            new OutreachId(record.Id).ToMessage() with
            {
                MessageId = $"again-{record.Person}",
            }
        );
        await world.Queue.SendAsync(QueueNames.Outreach, [.. again], TestContext.Current.CancellationToken);
        await world.AdvanceToAsync(day: 24);

        Assert.Equal(first, Assert.Single(await SumAsync(world)));
    }

    [Fact]
    public async Task Who_was_to_be_written_to_and_unsubscribed_still_counts_as_treated()
    {
        var world = await StuckAsync(Model, finds: _ => false, onDay: 12);
        for (int i = 0; i < People; i++)
            await world
                .Get<ISuppressions>()
                .UnsubscribeAsync(
                    world.RecipientKey.Of($"p{i}@example.com"),
                    null,
                    "page",
                    world.At(0),
                    TestContext.Current.CancellationToken
                );

        await world.AdvanceToAsync(day: 25);

        var records = await RecordsAsync(world);
        Assert.Equal(
            records.Count(record => record.State == OutreachState.Suppressed),
            Assert.Single(await SumAsync(world)).Message.Treated.People
        );
    }

    [Fact]
    public async Task Two_templates_are_compared_the_same_way()
    {
        var playbook = Model.PlaybookFor("value-not-found") with { Alternative = "other-words" };
        var model = Model with
        {
            Outreach = Model.Outreach with { Holdout = 0 },
            Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal) { [playbook.Cause] = playbook },
        };
        var world = await StuckAsync(model, finds: person => person % 2 == 0, onDay: 12);

        await world.AdvanceToAsync(day: 25);

        var records = await RecordsAsync(world);
        var templates = Assert.Single(await SumAsync(world)).Templates!;
        Assert.Equal(CountOf(records, record => record.Template == "other-words"), templates.Treated);
        Assert.Equal(CountOf(records, record => record.Template == "value-not-found"), templates.Control);
        Assert.InRange(templates.Treated.People, People / 4, People * 3 / 4);
    }

    [Fact]
    public async Task Cards_and_mails_have_an_effect_each_against_those_held_out_of_the_same()
    {
        var usual = Model.PlaybookFor("value-not-found");
        var inProduct = usual with
        {
            Channels = MessageChannels.InAppThenMail,
            NextStep = new NextStep("https://nimbus.example/start"),
            FollowUp = null,
        };
        var world = await StuckAsync(
            Model with
            {
                Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal) { [usual.Cause] = inProduct },
            },
            finds: person => person % 2 == 0,
            onDay: 12
        );
        await world.AdvanceToAsync(day: 25);

        var records = await RecordsAsync(world);
        // Nobody saw a card: each is a mail by now, and was to be a card all the same.
        Assert.All(records, record => Assert.True(record.StartsAsCard));
        var effect = Assert.Single(await SumAsync(world));
        Assert.Equal(effect.Message, effect.Cards);
        Assert.Equal(Count(records, OutreachState.HeldOut), effect.Cards!.Control);
        Assert.Null(effect.Mails);

        var both = PlaybookEffect.Of(
            usual,
            [new(false, "t", 10, 5), new(true, "t", 4, 1), new(false, "t", 20, 12, Card: true), new(true, "t", 6, 2, Card: true)],
            StoryModels.OfPeople with
            {
                Outreach = StoryModels.OfPeople.Outreach with { Holdout = 0.5 },
            }
        );
        Assert.Equal((new Arm(20, 12), new Arm(6, 2)), (both.Cards!.Treated, both.Cards.Control));
        Assert.Equal((new Arm(10, 5), new Arm(4, 1)), (both.Mails!.Treated, both.Mails.Control));
        Assert.Equal((new Arm(30, 17), new Arm(10, 3)), (both.Message.Treated, both.Message.Control));
    }

    [Fact]
    public async Task A_dry_run_measures_nothing()
    {
        var world = await StuckAsync(
            Model with
            {
                Outreach = Model.Outreach with { Mode = OutreachMode.DryRun },
            },
            finds: _ => true,
            onDay: 12
        );

        await world.AdvanceToAsync(day: 25);

        Assert.Empty(await SumAsync(world));
    }

    private static async Task<SignalsWorld> StuckAsync(ValueModel model, Func<int, bool> finds, int onDay)
    {
        var world = await SignalsWorld.WithAsync(model);
        for (int i = 0; i < People; i++)
        {
            var person = world.Given($"p{i}").HasEmail().Browses().On(0, 2, 4, 6);
            if (finds(i))
                person.Tracks("Report Shared").Times(4).On(onDay);
        }
        return world;
    }

    private static async Task<List<OutreachRecord>> RecordsAsync(SignalsWorld world)
    {
        var records = new List<OutreachRecord>();
        for (int i = 0; i < People; i++)
            records.Add((await world.MessagesAsync($"p{i}"))[0]);
        return records;
    }

    private static Arm Count(List<OutreachRecord> records, OutreachState state) => CountOf(records, record => record.State == state);

    private static Arm CountOf(List<OutreachRecord> records, Func<OutreachRecord, bool> side) =>
        new(records.Count(side), records.Count(record => side(record) && record.GoalReached == true));

    private static async Task<IReadOnlyList<PlaybookEffect>> SumAsync(SignalsWorld world)
    {
        await world.Get<Housekeeping>().RunAsync(TestContext.Current.CancellationToken);
        return await world.Get<EffectLog>().ReadAsync(TestContext.Current.CancellationToken);
    }
}
