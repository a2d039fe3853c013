using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Segments;

/// <summary>Segments as days pass: who comes in and goes out, where they are listed, and who is written to.</summary>
public sealed class SegmentStoryTests
{
    private const string German = "german";
    private const string Exporters = "exporters";

    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Fingerprint = "segments-1",
        Segments =
        [
            new SegmentDefinition(German, "German")
            {
                Traits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["country"] = ["DE"] },
            },
            new SegmentDefinition(Exporters, "Exporters") { Did = [new SegmentUse(["Export Completed"], null, 1, 10)] },
        ],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trait_that_a_segment_asks_for_is_kept_and_a_server_outranks_a_browser()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").With("country", "DE").FromBrowser().On(0).Tracks("Report Shared").On(0);
        var bob = world.Given("bob").Joins("globex").With("country", "FR").On(0).Tracks("Report Shared").On(0);
        bob.Joins("globex").With("country", "DE").FromBrowser().On(1);
        await world.AdvanceToAsync(day: 2);

        Assert.Equal(["acme"], await ListedAsync(world, German));
    }

    [Fact]
    public async Task Time_alone_takes_an_account_out_of_a_segment_and_its_lists()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).Tracks("Report Shared").On(0, 1, 2, 3, 4, 5).Tracks("Export Completed").On(3);
        await world.AdvanceToAsync(day: 4);
        Assert.Equal(["acme"], await ListedAsync(world, Exporters));

        // The export is of day 3: on day 12 it is within ten days, on day 13 it is not.
        await world.AdvanceToAsync(day: 12);
        Assert.Equal(["acme"], await ListedAsync(world, Exporters));
        await world.AdvanceToAsync(day: 13);
        Assert.Empty(await ListedAsync(world, Exporters));
    }

    [Fact]
    public async Task A_changed_model_moves_everybody()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").On(0).Tracks("Export Completed").On(0);
        await world.AdvanceToAsync(day: 1);
        await world.RestartAsync(
            Model with
            {
                Fingerprint = "segments-2",
                Segments = [new SegmentDefinition("active", "Active") { Did = [new SegmentUse(["Export Completed"], null, 1, 30)] }],
            }
        );
        await world.AdvanceToAsync(day: 2);

        Assert.Equal(["acme"], await ListedAsync(world, "active"));
        Assert.Empty(await ListedAsync(world, Exporters));
    }

    [Fact]
    public async Task A_playbook_writes_to_some_and_not_to_others_and_alerts_of_all()
    {
        var playbook = Model.PlaybookFor(CauseIds.ValueNotFound);
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
                {
                    [CauseIds.ValueNotFound] = playbook with { Only = [German], Except = [Exporters] },
                },
            }
        );
        foreach (var (who, group, country, exports) in Three)
        {
            var person = world.Given(who).Joins(group).With("country", country).On(0).HasEmail().Tracks("Page Viewed").On(0, 1, 2, 3);
            if (exports)
                person.Tracks("Export Completed").On(0, 7, 14);
        }
        await world.AdvanceToAsync(day: 20);

        Assert.Equal(["ann@example.com"], Written(world));
        var planned = await AllAsync(world.Get<OutreachLists>().OfSegmentAsync(German, null, 10, Cancel));
        // The team is alerted of both of the segment.
        Assert.Equal(["g_acme", "g_initech"], planned.Select(one => one.Id.Account.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_comes_into_a_segment_later_is_written_to_then()
    {
        var playbook = Model.PlaybookFor(CauseIds.ValueNotFound);
        var world = await SignalsWorld.WithAsync(
            Model with
            {
                Playbooks = new Dictionary<string, Playbook>(StringComparer.Ordinal)
                {
                    [CauseIds.ValueNotFound] = playbook with { Only = [German] },
                },
            }
        );
        var ann = world.Given("ann").Joins("acme").On(0).HasEmail().Tracks("Page Viewed").On(0, 1, 2, 3);
        await world.AdvanceToAsync(day: 12);
        Assert.Empty(Written(world));

        ann.Joins("acme").With("country", "DE").On(13);
        await world.AdvanceToAsync(day: 15);
        Assert.Equal(["ann@example.com"], Written(world));
    }

    [Fact]
    public async Task The_effect_is_told_by_segment()
    {
        var world = await SignalsWorld.WithAsync(Model);
        for (int i = 0; i < 6; i++)
        {
            var person = world
                .Given($"u{i}")
                .Joins($"g{i}")
                .With("country", i < 4 ? "DE" : "FR")
                .On(0)
                .HasEmail()
                .Tracks("Page Viewed")
                .On(0, 1, 2, 3);
            if (i == 0)
                person.Tracks("Report Shared").On(12, 13, 14, 15);
        }
        await world.AdvanceToAsync(day: 30);
        await world.Get<EffectLog>().SumAsync(Cancel);

        var effect = Assert.Single(await world.Get<EffectLog>().ReadAsync(Cancel));
        Assert.Equal((6, 1), (effect.Message.Treated.People, effect.Message.Treated.Reached));
        var german = Assert.Single(effect.Segments);
        Assert.Equal((German, 4, 1), (german.Segment, german.Message.Treated.People, german.Message.Treated.Reached));
    }

    [Fact]
    public async Task A_message_that_is_forgotten_leaves_the_list_of_its_segment()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").Joins("acme").With("country", "DE").On(0).HasEmail().Tracks("Page Viewed").On(0, 1, 2, 3);
        await world.AdvanceToAsync(day: 12);
        var lists = world.Get<OutreachLists>();
        var id = Assert.Single(await AllAsync(lists.OfSegmentAsync(German, null, 10, Cancel))).Id;

        var stored = await world.Get<OutreachRows>().GetAsync(id, Cancel);
        await world.Get<OutreachRows>().RemoveAsync(stored!, Cancel);

        Assert.Empty(await AllAsync(lists.OfSegmentAsync(German, null, 10, Cancel)));
    }

    private static readonly (string Who, string Group, string Country, bool Exports)[] Three =
    [
        ("ann", "acme", "DE", false),
        ("bob", "globex", "FR", false),
        ("cid", "initech", "DE", true),
    ];

    private static IEnumerable<string> Written(SignalsWorld world) => world.Mail.Left.Select(mail => mail.To).Where(to => !IsOfTeam(to));

    private static bool IsOfTeam(string to) => to == "cs@nimbus.example";

    private static async Task<List<string>> ListedAsync(SignalsWorld world, string segment) =>
        [
            .. (await AllAsync(world.Get<AccountLists>().ReadAsync(AccountLists.BySegment(segment), null, 10, Cancel))).Select(one =>
                one.Account.Id
            ),
        ];

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items) => await items.ToListAsync(Cancel);
}
