using Signals.Core.Daily.Erasure;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Identity;
using Signals.Testing.Folding;
using Signals.Testing.Storage;
using Signals.Testing.World;
using static Signals.Testing.World.ErasureStory;

namespace Signals.Core.Tests.Daily.Erasure;

public sealed class ErasureTests : ErasureContract
{
    protected override Task<IEntityStore> CreateStoreAsync() => Task.FromResult<IEntityStore>(new InMemoryEntityStore());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("user")]
    [InlineData("anonymous")]
    [InlineData("address")]
    public async Task After_an_erasure_nothing_that_is_kept_names_or_quotes_the_person(string by)
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        Assert.Equal(Everything.Length, await CountFoundAsync(world));

        var asked = await AskAsync(world, by);
        await ProveAsync(world);

        Assert.Empty(await FoundAsync(world));
        var proved = (await world.Get<ErasureBook>().FindAsync(asked.Id, Cancel))!;
        Assert.Equal((ErasureState.Proved, null, null), (proved.State, proved.Marks, proved.Problem));
        Assert.True(proved.ProvedAt >= asked.AskedAt + ErasureWork.Settle);
        Assert.NotNull(await world.PersonAsync("acme", "bob-22"));
        Assert.Contains(
            (await world.AccountAsync("acme"))!.Feedback.Answers,
            answer => answer.Comment == "Works nicely for the whole of our team."
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whom_the_evidence_about_an_account_names_is_found_and_removed_whatever_they_were_called(bool isChampion)
    {
        var world = await SignalsWorld.WithAsync(Nimbus);
        var ann = world.Given(Id);
        ann.Identifies().With("email", Address).With("name", Name).On(0);
        var bob = world.Given("bob-22").HasEmail("bob@customer.example");
        foreach (var person in new[] { ann, bob })
            person.Joins("acme").With("plan", "pro").On(0).Tracks("Users Imported").On(0).Tracks("Profile Saved").On(0);
        var (champion, next) = isChampion ? (ann, bob) : (bob, ann);
        champion.Tracks("Report Shared").Times(4).OnWeekdays(0, 60);
        next.Tracks("Report Shared").OnWeekdays(0, 100);
        // By then an alert left that has the name of before.
        ann.Identifies().With("name", "Ann Dekkerman").On(80);
        await world.AdvanceToAsync(82);
        Assert.Contains(await world.AlertsAsync("acme"), alert => Line(alert).StartsWith(Name, StringComparison.Ordinal));
        Assert.StartsWith("Ann Dekkerman", (await world.ReviewAsync("acme")).Assessment.Causes[0].Evidence[isChampion ? 0 : 1].Text.En);

        await AskAsync(world, "user");
        await ProveAsync(world);

        Assert.Empty(await FoundAsync(world, "Dekkerman"));
        Assert.NotEmpty(await world.AlertsAsync("acme"));
        Assert.NotNull(await world.PersonAsync("acme", "bob-22"));

        string Line(OutreachRecord alert) => alert.Variables.Causes[0].Evidence.ElementAtOrDefault(isChampion ? 0 : 1)?.Text ?? "";
    }

    [Fact]
    public async Task What_an_entry_leads_to_is_gone_before_any_walk()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);

        await AskAsync(world, "user");

        Assert.Null(await world.PersonAsync("acme", Id));
        var account = (await world.AccountAsync("acme"))!;
        Assert.Equal(1, account.People);
        Assert.DoesNotContain(account.Tickets.All, ticket => ticket.Text is not null);
        Assert.Empty(await world.MessagesAsync("acme"));
        Assert.Null(await world.AccountAsync(Id));
    }

    [Fact]
    public async Task In_accounts_of_people_the_account_goes_with_its_lists_and_alerts()
    {
        var world = await GivenAnnAndBobAsync(Nimbus with { Accounts = AccountsMode.Person, Fingerprint = "people" });
        Assert.Contains(Id, await world.ListAsync(Core.State.Indexes.AccountLists.ByRisk));

        await AskAsync(world, "user");
        await ProveAsync(world);

        Assert.Empty(await FoundAsync(world));
        Assert.Equal(["bob-22"], await world.ListAsync(Core.State.Indexes.AccountLists.ByRisk));
    }

    [Fact]
    public async Task Late_events_queued_mails_and_reports_of_the_mail_provider_are_dropped_and_counted()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        string message = (await world.MessagesAsync("acme"))[0].Id;
        await AskAsync(world, "user");
        await ProveAsync(world);
        var before = await world.Get<PipelineCounters>().GetAsync(Cancel);

        UsageEvent[] late =
        [
            EventOf.Track(Id, "Report Shared", world.Clock.GetUtcNow(), group: "acme"),
            EventOf.Identify(
                Id,
                world.Clock.GetUtcNow(),
                new
                {
                    email = Address,
                    name = Name,
                    unsubscribed = false,
                }
            ),
            EventOf.Track(null, "Report Shared", world.Clock.GetUtcNow(), anonymous: Anonymous),
            EventOf.Alias(Id, "ann-again", world.Clock.GetUtcNow()),
        ];
        var broken = new QuarantinedEvent(
            "no type",
            $$$"""{"userId":"{{{Id}}}","traits":{"email":"{{{Address}}}"}}""",
            world.Clock.GetUtcNow()
        );
        await world.Queue.SendAsync(
            QueueNames.Usage,
            EventBatchCodec.Pack(new EventBatch(late, [broken]), world.Clock.GetUtcNow()),
            Cancel
        );
        await world.Queue.SendAsync(QueueNames.Outreach, [new OutreachId(message).ToMessage()], Cancel);
        await world.RunAsync();
        await world
            .Get<DeliveryReports>()
            .ApplyAsync([new DeliveryReport(message, DeliveryEvent.Bounced, world.Clock.GetUtcNow(), "gone", Address)], Cancel);

        Assert.Empty(await FoundAsync(world));
        var after = await world.Get<PipelineCounters>().GetAsync(Cancel);
        Assert.Equal((late.Length, 1), (after.Folded - before.Folded, after.Quarantined - before.Quarantined));
        Assert.Equal(
            [(LeftOutRules.ErasedEvents, 4L), (LeftOutRules.ErasedReports, 1L)],
            world.Get<LeftOutCounts>().Read().Where(rule => rule.Kind == LeftOutKind.Erased).Select(rule => (rule.Rule, rule.Count))
        );
    }

    [Fact]
    public async Task A_mail_that_was_planned_when_they_asked_is_never_sent()
    {
        var world = await SignalsWorld.WithAsync(Nimbus);
        world.Given(Id).HasEmail(Address).Joins("acme").With("plan", "pro").On(0).Tracks("Import Failed").Times(3).On(0);
        await world.AdvanceToAsync(world.At(0, 11));
        var record = Assert.Single(await world.MessagesAsync("acme"));
        int sent = world.Mail.Left.Count;
        // The record comes back, as from a worker that read it before it was erased.
        await world.Get<ErasureDesk>().AskAsync(new ErasureWish { UserIds = [Id] }, "api", Cancel);
        var planned = record with { State = OutreachState.Planned, Message = null, SentAt = null, ClaimedAt = null };
        await world.Store.CommitAsync("accounts", record.Account, [OutreachRows.Insert(planned)], Cancel);

        await world.Queue.SendAsync(QueueNames.Outreach, [new OutreachId(record.Id).ToMessage()], Cancel);
        await world.DrainAsync();

        Assert.Equal(sent, world.Mail.Left.Count);
        Assert.Empty(await world.MessagesAsync("acme"));
        Assert.Equal(1, world.Get<LeftOutCounts>().Read().Single(rule => rule.Rule == LeftOutRules.ErasedMessages).Count);
    }

    [Fact]
    public async Task Who_comes_back_under_another_id_gets_no_mail_at_the_address_until_it_is_restored()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        await AskAsync(world, "user");
        await ProveAsync(world);
        var key = world.RecipientKey.Of(Address);

        Assert.Equal(
            (true, RecipientState.ByErasure),
            (
                await world.Get<Recipients>().IsSuppressedAsync(key, null, Cancel),
                (await world.Get<Recipients>().GetAsync(key, Cancel)).SuppressedBy
            )
        );
        int restored = await world
            .Get<ErasureDesk>()
            .RestoreAsync(new ErasureWish { UserIds = [Id], Addresses = [Address] }, "api", Cancel);

        Assert.Equal(2, restored);
        Assert.False(await world.Get<Recipients>().IsSuppressedAsync(key, null, Cancel));
        Assert.False(world.Get<ErasedIds>().Contains(PersonKey.User(Id)));
    }

    [Fact]
    public async Task Who_had_said_no_before_stays_unwritten_also_when_they_are_restored()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        string key = world.RecipientKey.Of(Address);
        await world.Get<Recipients>().UnsubscribeAsync(key, null, "link:x", world.Clock.GetUtcNow(), Cancel);
        await AskAsync(world, "user");

        await world.Get<ErasureDesk>().RestoreAsync(new ErasureWish { UserIds = [Id], Addresses = [Address] }, "api", Cancel);

        Assert.True(await world.Get<Recipients>().IsSuppressedAsync(key, null, Cancel));
    }

    [Fact]
    public async Task A_fold_that_read_the_account_before_does_not_bring_the_person_back()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        // Another process, which has just looked who was erased.
        var other = new FoldApp(world.Store, Nimbus, world.Clock);
        await other.FoldAsync("warm", EventOf.Track("bob-22", "Report Shared", world.Clock.GetUtcNow(), group: "acme"));
        var asked = await AskAsync(world, "user");
        await other.FoldAsync("late", EventOf.Identify(Id, world.Clock.GetUtcNow(), new { email = Address }, group: "acme"));
        Assert.NotNull(await world.PersonAsync("acme", Id));

        await ProveAsync(world);

        Assert.Empty(await FoundAsync(world));
        Assert.Equal(ErasureState.Proved, (await world.Get<ErasureBook>().FindAsync(asked.Id, Cancel))!.State);
        Assert.True(world.Get<ErasedIds>().Contains(PersonKey.User(Id)));
    }

    [Fact]
    public async Task A_whole_account_goes_with_whoever_is_in_no_other()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        world.Given("bob-22").Joins("other-inc").On(12).Tracks("Report Shared").On(12);
        await world.AdvanceToAsync(13);

        await world.Get<ErasureDesk>().AskAsync(new ErasureWish { Groups = ["acme"] }, "api", Cancel);
        await ProveAsync(world);

        Assert.Empty(await FoundAsync(world, "acme"));
        Assert.NotNull(await world.PersonAsync("other-inc", "bob-22"));
        Assert.DoesNotContain(
            (
                await new Core.State.Accounts.AccountRows(world.Store).GetAccountAsync(AccountKey.Own(PersonKey.User("bob-22")), Cancel)
            )!.Groups,
            group => group == "g_acme"
        );
    }

    [Fact]
    public async Task A_dead_letter_loses_their_events_and_keeps_the_others()
    {
        var world = await GivenAnnAndBobAsync(Nimbus);
        var now = world.Clock.GetUtcNow();
        var batch = new EventBatch(
            [
                EventOf.Track(Id, "Report Shared", now, group: "acme"),
                EventOf.Track("bob-22", "Video Watched", now, new { minutes = 7 }, group: "acme"),
            ],
            []
        );
        await PutAsideAsync(world, EventBatchCodec.Pack(batch, now));

        await AskAsync(world, "user");
        await ProveAsync(world);

        Assert.Empty(world.Queue.PutAside(QueueNames.Usage));
        Assert.Empty(await FoundAsync(world));
        Assert.NotNull((await world.PersonAsync("acme", "bob-22"))!.History.Total("Video Watched"));
    }

    [Fact]
    public async Task An_erasure_that_a_crash_cut_short_at_any_step_is_finished_by_the_next_run()
    {
        for (int at = 0; ; at += 31)
        {
            var world = await GivenAnnAndBobAsync(Nimbus, days: 2);
            world.Store.Probe.Reset();
            world.Store.Probe.CrashAt(at + 1);
            bool crashed = false;
            try
            {
                await AskAsync(world, "user");
                await world.Get<ErasureWork>().RunAsync(Cancel);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                crashed = true;
            }
            world.Store.Probe.Reset();
            await world.RestartAsync();
            // What was not acknowledged is asked again.
            if (crashed && !await world.Get<ErasureBook>().ReadAsync(Cancel).AnyAsync(Cancel))
                await AskAsync(world, "user");

            await ProveAsync(world);

            Assert.True((await FoundAsync(world)).Count == 0, $"crash at {at}: {string.Join('\n', await FoundAsync(world))}");
            if (!crashed)
                return;
        }
    }

    private static Task<ErasureRequest> AskAsync(SignalsWorld world, string by) =>
        world
            .Get<ErasureDesk>()
            .AskAsync(
                by switch
                {
                    "user" => new ErasureWish { UserIds = [Id] },
                    "anonymous" => new ErasureWish { AnonymousIds = [Anonymous] },
                    _ => new ErasureWish { Addresses = ["Ann.Lee@CUSTOMER.example"] },
                },
                "api",
                Cancel
            );

    private static async Task PutAsideAsync(SignalsWorld world, IReadOnlyList<OutgoingMessage> messages)
    {
        await world.Queue.SendAsync(QueueNames.Usage, messages, Cancel);
        var received = await world.Queue.ReceiveAsync(QueueNames.Usage, 10, TimeSpan.FromMinutes(1), Cancel);
        await world.Queue.SettleAsync([.. received.Select(message => new SettledMessage(message, Settlement.Dead("it broke")))], Cancel);
    }
}
