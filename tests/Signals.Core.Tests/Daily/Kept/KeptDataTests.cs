using System.Reflection;
using Signals.Core.Daily;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Kept;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;
using Signals.Core.State.Seen;
using Signals.Testing.Folding;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Kept;

public sealed class KeptDataTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithSetUp() with
    {
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_the_app_writes_is_told_to_be_kept()
    {
        var world = await GivenABusyWorldAsync();
        var kinds = KeptData.Of(world.Model);
        var met = new HashSet<KeptKind>();

        foreach (string table in RowEraser.Tables.Append(ErasedIds.Table))
        {
            foreach (var row in world.Store.All(table))
            {
                var kind = KeptData.KindOf(kinds, table, row);
                Assert.True(kind is not null, $"{table}/{row.PartitionKey}/{row.RowKey} is kept, and nothing says so.");
                met.Add(kind);
            }
        }

        Assert.True(met.Count > 14, $"Only {met.Count} kinds were met: the world is not busy enough to tell.");
    }

    [Fact]
    public void Every_table_of_the_code_is_told_and_walked_by_an_erasure()
    {
        string[] tables =
        [
            .. typeof(KeptData)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(field => field is { IsLiteral: true, Name: "Table" })
                .Select(field => (string)field.GetRawConstantValue()!)
                .Distinct(StringComparer.Ordinal),
        ];

        Assert.Equal(8, tables.Length);
        Assert.All(tables, table => Assert.Contains(KeptData.Of(Model), kind => kind.Table == table));
        Assert.Equal(tables.Order(StringComparer.Ordinal), RowEraser.Tables.Append(ErasedIds.Table).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_queue_is_told() =>
        Assert.All(QueueNames.All, queue => Assert.Contains(KeptData.Of(Model), kind => kind.Table == $"queue {queue}"));

    [Fact]
    public async Task Housekeeping_forgets_what_the_model_no_longer_keeps()
    {
        var world = await GivenABusyWorldAsync();
        Assert.NotEmpty(await world.OutreachAsync("acme"));
        await world.RestartAsync(
            Model with
            {
                Keep = new KeepDefinition
                {
                    QuarantineDays = 1,
                    MessageDays = 90,
                    AuditDays = 90,
                },
            }
        );
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.Get<Housekeeping>().RunAsync(Cancel);
        Assert.Empty((await world.Get<Quarantine>().ReadAsync(null, 10, Cancel)).Events);
        Assert.NotEmpty((await world.Get<AuditLog>().ReadAsync(null, 10, Cancel)).Entries);
        Assert.NotEmpty(await world.OutreachAsync("acme"));

        world.Clock.Advance(TimeSpan.FromDays(100));
        await world.Get<Housekeeping>().RunAsync(Cancel);

        Assert.Empty(await world.OutreachAsync("acme"));
        Assert.Empty((await world.Get<AuditLog>().ReadAsync(null, 10, Cancel)).Entries);
        Assert.Empty(await world.Get<OutreachLists>().ReadAsync(null, null, 10, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_an_address_was_sent_is_forgotten_after_400_days_and_its_wish_is_not()
    {
        var world = await SignalsWorld.WithAsync(Model);
        var recipients = world.Get<Recipients>();
        var cap = new SendCap(1, 7);
        var then = world.Clock.GetUtcNow();
        foreach (string who in new[] { "silent", "refused" })
            await recipients.ClaimAsync(who, "g_acme.20250303000000000.0", "t", true, cap, null, then, Cancel);
        await recipients.UnsubscribeAsync("refused", null, "link", then, Cancel);
        world.Clock.Advance(TimeSpan.FromDays(200));
        await recipients.ClaimAsync("written", "g_acme.20250919000000000.0", "t", true, cap, null, world.Clock.GetUtcNow(), Cancel);
        await AWeekAsync();
        Assert.Single((await recipients.GetAsync("silent", Cancel)).Sends);

        world.Clock.Advance(TimeSpan.FromDays(201));
        await AWeekAsync();

        Assert.Equal(["refused", "written"], world.Store.All(Recipients.Table).Select(row => row.PartitionKey).Order());
        Assert.Empty((await recipients.GetAsync("refused", Cancel)).Sends);
        Assert.True(await recipients.IsSuppressedAsync("refused", null, Cancel));
        Assert.Single((await recipients.GetAsync("written", Cancel)).Sends);

        async Task AWeekAsync()
        {
            for (int day = 0; day < 7; day++)
            {
                world.Clock.Advance(TimeSpan.FromDays(1));
                await world.Get<OldSends>().PruneAsync(Cancel);
            }
        }
    }

    [Fact]
    public async Task Without_a_word_of_the_model_messages_and_the_trail_stay()
    {
        var world = await GivenABusyWorldAsync();
        world.Clock.Advance(TimeSpan.FromDays(700));

        await world.Get<Housekeeping>().RunAsync(Cancel);

        Assert.NotEmpty(await world.OutreachAsync("acme"));
        Assert.NotEmpty((await world.Get<AuditLog>().ReadAsync(null, 10, Cancel)).Entries);
    }

    [Fact]
    public async Task Of_what_somebody_did_without_consent_the_refusal_is_kept_and_nothing_else()
    {
        var app = new FoldApp(
            new Testing.Storage.InMemoryEntityStore(),
            Model with
            {
                OptOut = new OptOutDefinition { Unrecorded = ["analytics"] },
            }
        );
        var refused = EventOf.Identify("ann", traits: new { name = "Ann Leeuwenhoek", email = "ann@x.example" }, group: "acme") with
        {
            Consent = "-analytics\n-marketing\n",
            Locale = "fr-FR",
        };

        await app.FoldAsync("m-1", refused, EventOf.Track("ann", "Report Shared", group: "acme") with { Consent = "-analytics\n" });
        await app.FoldAsync("m-2", EventOf.Track("bob", "Report Shared", group: "acme") with { Consent = "+analytics\n" });

        var ann = await app.MemberAsync("acme", "ann");
        Assert.Empty(ann.History.Names);
        Assert.Equal(["~consent.marketing"], ann.Profile.Fields.Keys);
        Assert.Single((await app.MemberAsync("acme", "bob")).History.Names);
        Assert.Single((await app.GroupAsync("acme")).History.Names);
        Assert.Equal(
            [("analytics", 2L)],
            (await app.LeftOutAsync()).Where(rule => rule.Kind == LeftOutKind.Consent).Select(rule => (rule.Rule, rule.Count))
        );
    }

    [Fact]
    public async Task Who_said_by_a_trait_that_nothing_is_to_be_kept_is_heeded_from_then_on_until_they_take_it_back()
    {
        var app = new FoldApp(
            new Testing.Storage.InMemoryEntityStore(),
            Model with
            {
                OptOut = new OptOutDefinition { UnrecordedTraits = [OptOutTrait.When("analyticsConsent", false)] },
            }
        );
        var noon = FoldApp.Noon;
        await app.FoldAsync("m-1", EventOf.Track("ann", "Report Shared", noon, group: "acme"));
        await app.FoldAsync(
            "m-2",
            EventOf.Identify("ann", noon.AddHours(1), new { name = "Ann Leeuwenhoek", analytics_consent = "no" }, group: "acme")
        );
        await app.FoldAsync("m-3", EventOf.Track("ann", "Report Shared", noon.AddHours(2), group: "acme"));
        // A page may say it for anybody, and may not take it back.
        await app.FoldAsync(
            "m-4",
            EventOf.Identify("ann", noon.AddHours(3), new { analyticsConsent = true }, group: "acme") with
            {
                FromBrowser = true,
            },
            EventOf.Track("ann", "Report Shared", noon.AddHours(4), group: "acme")
        );
        // It happened before they said it.
        await app.FoldAsync("m-5", EventOf.Track("ann", "Report Shared", noon.AddMinutes(30), group: "acme"));

        var ann = await app.MemberAsync("acme", "ann");
        Assert.Equal(2, ann.History.Total("Report Shared")!.Count);
        Assert.Equal(["~unrecorded.analyticsconsent"], ann.Profile.Fields.Keys);
        Assert.Equal(
            [("analyticsConsent", 4L)],
            (await app.LeftOutAsync()).Where(rule => rule.Kind == LeftOutKind.Consent).Select(rule => (rule.Rule, rule.Count))
        );

        await app.FoldAsync("m-6", EventOf.Identify("ann", noon.AddHours(5), new { analyticsConsent = true }, group: "acme"));
        await app.FoldAsync("m-7", EventOf.Track("ann", "Report Shared", noon.AddHours(6), group: "acme"));
        Assert.Equal(3, (await app.MemberAsync("acme", "ann")).History.Total("Report Shared")!.Count);
    }

    [Fact]
    public void An_event_that_cannot_be_understood_is_put_aside_without_its_network_address()
    {
        byte[] json =
            """{"type":"nonsense","userId":"ann","context":{"ip":"203.0.113.77","locale":"fr"},"ipAddress" : "2001:db8::7"}"""u8.ToArray();

        var read = new EventReader().ReadLine(json, DateTimeOffset.UnixEpoch);

        Assert.DoesNotContain("203.0.113.77", read.Quarantined!.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("2001:db8::7", read.Quarantined.Raw, StringComparison.Ordinal);
        Assert.Contains("\"userId\":\"ann\"", read.Quarantined.Raw, StringComparison.Ordinal);
    }

    private static async Task<SignalsWorld> GivenABusyWorldAsync()
    {
        var world = await SignalsWorld.WithAsync(Model);
        world
            .Given("ann")
            .HasEmail("ann@customer.example")
            .Joins("acme")
            .With("plan", "pro")
            .With("csm", "cs@nimbus.example")
            .On(0)
            .Tracks("Import Failed")
            .Times(3)
            .On(0)
            .Tracks("Ticket Opened")
            .With("ticketId", "t-1")
            .With("body", "The import of our list stops at line four.")
            .On(1)
            .Tracks("NPS Answered")
            .With("score", 1)
            .With("comment", "I expected far more from the reports.")
            .On(1);
        await world.AdvanceToAsync(3);
        await world.Get<DailyDigest>().RunAsync(Cancel);
        await world.Get<WeeklyReport>().RunAsync(Cancel);
        await world.RunAsync();
        await world.Get<FigurePass>().RunAsync(Cancel);
        await world.Get<Housekeeping>().RunAsync(Cancel);
        await world.Get<SeenBook>().FlushAsync(Cancel);
        await world.Get<PipelineWatch>().FlushAsync(all: true, Cancel);
        var now = world.Clock.GetUtcNow();
        await world.Get<Recipients>().UnsubscribeAsync(world.RecipientKey.Of("who@x.example"), null, "link", now, Cancel);
        await world.Get<Quarantine>().AddAsync("q-1", [new QuarantinedEvent("no type", "{}", now)], Cancel);
        await world.Get<AuditLog>().WriteAsync(new AuditEntry(now, "cs@nimbus.example", "account.held", "acme"), Cancel);
        await world.Get<UnreadableRows>().NoteAsync(BackgroundWork.Norms, "g_acme", new InvalidDataException("broken"), Cancel);
        await world.Get<ErasureDesk>().AskAsync(new ErasureWish { UserIds = ["nobody"] }, "api", Cancel);
        return world;
    }
}
