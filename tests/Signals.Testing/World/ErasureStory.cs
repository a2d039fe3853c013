using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Measures;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;
using Signals.Core.State.Audit;
using Signals.Testing.Folding;
using Xunit;

namespace Signals.Testing.World;

/// <summary>Ann, of whom everything is known that can be, and Bob, who stays: what an erasure of Ann is tried on.</summary>
public static class ErasureStory
{
    public const string Id = "ann-7f3c";
    public const string Anonymous = "anon-51d9-ann";
    public const string Address = "ann.lee@customer.example";
    public const string Name = "Ann Leeuwenhoek";
    public const string Ticket = "The import of our staff list stops at line four with a strange number.";
    public const string Comment = "I expected far more from the new reports, honestly.";

    public static readonly string[] Everything = [Id, Anonymous, Address, Name, Ticket, Comment, "Leeuwenhoek", "staff list stops"];

    public static readonly ValueModel Nimbus = StoryModels.OfGroups.WithSetUp() with
    {
        Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
        Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Lets the work go on, as the sweep does, until nothing is left to prove.</summary>
    public static async Task ProveAsync(SignalsWorld world)
    {
        for (int hour = 0; hour < 40; hour++)
        {
            await world.Get<ErasureWork>().RunAsync(Cancel);
            await world.RunAsync();
            await world.Get<MeasurePass>().RunAsync(Cancel);
            if ((await world.Get<ErasureBook>().OpenAsync(Cancel)).Count == 0)
                return;
            world.Clock.Advance(TimeSpan.FromMinutes(15));
        }
        Assert.Fail(string.Join('\n', (await world.Get<ErasureBook>().OpenAsync(Cancel)).Select(request => request.Problem)));
    }

    public static async Task<SignalsWorld> GivenAnnAndBobAsync(ValueModel model, int days = 10, IEntityStore? store = null)
    {
        var world = await SignalsWorld.WithAsync(model, store: store);
        world.Expect(EventOf.Track(null, "Import Started", world.At(0, 8), anonymous: Anonymous));
        world.Expect(EventOf.Identify(Id, world.At(0, 8.5), new { email = Address, name = Name }, anonymous: Anonymous));
        world
            .Given(Id)
            .Joins("acme")
            .With("plan", "pro")
            .With("name", "Acme")
            .On(0)
            .Tracks("Import Failed")
            .Times(3)
            .On(0)
            .Tracks("Report Shared")
            .On(1)
            .Tracks("Ticket Opened")
            .With("ticketId", "t-1")
            .With("body", Ticket)
            .On(1)
            .Tracks("NPS Answered")
            .With("score", 1)
            .With("comment", Comment)
            .At(12)
            .On(1);
        world
            .Given("bob-22")
            .HasEmail("bob@customer.example")
            .Joins("acme")
            .On(0)
            .Tracks("Report Shared")
            .On(0, 1)
            .Tracks("NPS Answered")
            .With("score", 10)
            .With("comment", "Works nicely for the whole of our team.")
            .On(1);
        await world.AdvanceToAsync(days);
        await world.Get<MeasurePass>().RunAsync(Cancel);
        var now = world.Clock.GetUtcNow();
        await world
            .Get<Quarantine>()
            .AddAsync("q-1", [new QuarantinedEvent("no type", $$$"""{"userId":"{{{Id}}}","traits":{"name":"{{{Name}}}"}}""", now)], Cancel);
        await world
            .Get<AuditLog>()
            .WriteAsync(new AuditEntry(now, "cs@nimbus.example", "person.exported", Id, $"sent to {Address}"), Cancel);
        return world;
    }

    /// <summary>What happens at this moment, folded and looked at.</summary>
    public static async Task HappensNowAsync(SignalsWorld world, params UsageEvent[] events)
    {
        await world.Queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(events, []), world.Clock.GetUtcNow()), Cancel);
        await world.RunAsync();
    }

    public static async Task<int> CountFoundAsync(SignalsWorld world)
    {
        var found = await FoundAsync(world);
        return Everything.Count(word => found.Exists(trace => trace.Contains($"'{word}'", StringComparison.Ordinal)));
    }

    public static async Task<List<string>> FoundAsync(SignalsWorld world, params string[] more)
    {
        var traces = new Traces([.. Everything, .. more]);
        var found = await traces.InAsync(world.Get<IEntityScan>(), [.. RowEraser.Tables, ErasedIds.Table], Cancel);
        foreach (string queue in QueueNames.All)
        {
            foreach (var message in world.Queue.Waiting(queue).Concat(world.Queue.PutAside(queue).Select(dead => dead.Message)))
                found.AddRange(traces.InMessage(message.Body));
        }
        return found;
    }
}
