using System.Net;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Ingestion;

/// <summary>What Segment's Ruby, Java, Python, Go, PHP and Swift libraries send is taken and counted right.</summary>
public sealed class LibraryWireTests
{
    /// <summary>Ten seconds before it was sent, by the sender's late clock; by ours, ten seconds before noon.</summary>
    private static readonly DateTimeOffset Happened = IngestionHost.Now.AddSeconds(-10);

    public static TheoryData<LibraryWire> Libraries =>
        [LibraryWire.Ruby, LibraryWire.Java, LibraryWire.Python, LibraryWire.Go, LibraryWire.Php, LibraryWire.Swift];

    [Theory]
    [MemberData(nameof(Libraries), DisableDiscoveryEnumeration = true)]
    public async Task Six_calls_are_read_as_they_were_meant(LibraryWire library)
    {
        await using var host = new IngestionHost();
        await host.InitializeAsync();

        await PostAsync(host.Client, library);

        Assert.Empty(host.Quarantined);
        Assert.Equal(
            [EventType.Identify, EventType.Group, EventType.Track, EventType.Page, EventType.Screen, EventType.Alias],
            host.Events.Select(usage => usage.Type)
        );
        Assert.Equal(["", "", "Report Shared", ViewNames.Page, ViewNames.Screen, ""], host.Events.Select(usage => usage.Name));
        Assert.Equal(["u1", "u1", "u1", "u1", null, "u1"], host.Events.Select(usage => usage.UserId));
        Assert.Equal([null, "acme", "acme", "acme", null, null], host.Events.Select(usage => usage.GroupId));
        Assert.Equal(("a1", "a1"), (host.Events[4].AnonymousId, host.Events[5].PreviousId));
        Assert.All(
            host.Events,
            usage => Assert.Equal((Happened, library.Name, false, null), (usage.Timestamp, usage.Library, usage.Imported, usage.LeftOutBy))
        );
        Assert.Equal(6, host.Events.Select(usage => usage.MessageId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Libraries), DisableDiscoveryEnumeration = true)]
    public async Task They_are_counted_once_however_often_they_are_sent_and_belong_to_one_person_of_one_account(LibraryWire library)
    {
        await using var host = new SignalsHost();
        host.Clock.MoveTo(IngestionHost.Now);
        await host.InitializeAsync();

        await PostAsync(host.Stranger, library);
        await host.SettleAsync();
        await PostAsync(host.Stranger, library);
        await host.SettleAsync();

        var pipeline = await host.GetAsync("/api/pipeline");
        Assert.Equal(
            (6, 6, 0),
            (
                pipeline.GetProperty("folded").GetInt32(),
                pipeline.GetProperty("duplicates").GetInt32(),
                pipeline.GetProperty("quarantined").GetInt32()
            )
        );
        var account = await host.GetAsync("/api/accounts/acme");
        var person = Assert.Single(account.GetProperty("people").EnumerateArray());
        Assert.Equal(
            ("pro", "u1", "ann@customer.example", 3),
            (
                account.GetProperty("plan").GetString(),
                person.GetProperty("id").GetString(),
                person.GetProperty("email").GetString(),
                person.GetProperty("value").GetProperty("window").GetInt32()
            )
        );
        var row = await new AccountRows(host.Store).GetPersonAsync(
            AccountKey.Group("acme"),
            PersonKey.User("u1"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            (new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), null),
            (AccountFacts.Moment(row!.Profile[Traits.CreatedAt]), AccountFacts.Moment(row.Profile[Traits.DeactivatedAt]))
        );
        Assert.Equal(1, row.History.Buckets.Sum(bucket => bucket.Count(row.History.NameOf(ViewNames.Screen))));
    }

    [Theory]
    [MemberData(nameof(Libraries), DisableDiscoveryEnumeration = true)]
    public async Task With_a_key_that_is_none_they_are_told_so_before_anything_is_taken(LibraryWire library)
    {
        await using var host = new IngestionHost();
        await host.InitializeAsync();
        var stranger = library with { Body = library.Body.Replace(LibraryWire.WriteKey, "another", StringComparison.Ordinal) };
        using var request = stranger.Request();
        if (library.KeyInHeader)
            request.Headers.Authorization = IngestionHost.Basic("another:");

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await Answer.ReadAsync(response)).IsProblem(HttpStatusCode.Unauthorized);
        Assert.Empty(host.Events);
    }

    private static async Task PostAsync(HttpClient client, LibraryWire library)
    {
        using var request = library.Request();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        (await Answer.ReadAsync(response)).IsSuccess();
    }
}
