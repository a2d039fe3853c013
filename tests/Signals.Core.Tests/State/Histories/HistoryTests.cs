using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Histories;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Histories;

public sealed class HistoryTests
{
    private readonly FoldApp _app = new(new InMemoryEntityStore(), FoldModel.Groups);

    [Fact]
    public async Task A_late_event_lands_in_its_own_day()
    {
        await _app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched, FoldApp.Noon, group: "g"));
        await _app.FoldAsync("m2", EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddDays(-200), group: "g").ReceivedAt(FoldApp.Noon));

        int today = Days.Of(FoldApp.Noon);
        Assert.Equal([today - 200, today], (await _app.MemberAsync("g", "u")).History.Buckets.Select(bucket => bucket.Day));
        Assert.Equal(
            [(today - 200, 1), (today, 1)],
            (await _app.GroupAsync("g")).History.Buckets.Select(bucket => (bucket.Day, bucket.People))
        );
    }

    [Fact]
    public async Task Days_are_utc_whatever_the_offset_and_run_from_midnight_to_midnight()
    {
        var midnight = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await _app.FoldAsync(
            "m1",
            EventOf.Track("u", FoldModel.Watched, midnight.AddMilliseconds(-1)),
            EventOf.Track("u", FoldModel.Watched, midnight),
            EventOf.Track("u", FoldModel.Watched, new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(2)))
        );

        var history = (await _app.UserAsync("u")).History;
        int name = history.NameOf(FoldModel.Watched);
        Assert.Equal(
            [(new DateOnly(2026, 2, 28), 2), (new DateOnly(2026, 3, 1), 1)],
            history.Buckets.Select(bucket => (Days.Date(bucket.Day), bucket.Count(name)))
        );
    }

    [Theory]
    [InlineData(400, 2)]
    [InlineData(401, 1)]
    public async Task Days_are_kept_for_400_days_before_the_newest_event_in_either_order_of_arrival(int daysBefore, int kept)
    {
        var old = EventOf.Track("u", FoldModel.Watched, FoldApp.Noon.AddDays(-daysBefore), group: "g").ReceivedAt(FoldApp.Noon);
        var now = EventOf.Track("u", FoldModel.Watched, FoldApp.Noon, group: "g");
        foreach (var (group, order) in new[] { ("old-first", new[] { old, now }), ("new-first", [now, old]) })
        {
            foreach (var (usageEvent, number) in order.Select((usageEvent, number) => (usageEvent, number)))
                await _app.FoldAsync($"{group}{number}", usageEvent with { GroupId = group });

            var member = await _app.MemberAsync(group, "u");
            Assert.Equal(kept, member.History.Buckets.Count);
            Assert.Equal(kept, (await _app.GroupAsync(group)).History.Buckets.Count);

            // What was done once stays done, however long ago.
            Assert.Equal(2, member.History.Total(FoldModel.Watched)!.Count);
            Assert.Equal(FoldApp.Noon.AddDays(-daysBefore), member.History.First);
        }
    }

    [Fact]
    public async Task Retention_goes_by_the_newest_event_and_not_by_the_wall_clock()
    {
        var long_ago = FoldApp.Noon.AddYears(-10);
        await _app.FoldAsync(
            "m1",
            EventOf.Track("u", FoldModel.Watched, long_ago).ReceivedAt(FoldApp.Noon),
            EventOf.Track("u", FoldModel.Watched, long_ago.AddDays(-399)).ReceivedAt(FoldApp.Noon)
        );

        Assert.Equal(2, (await _app.UserAsync("u")).History.Buckets.Count);
    }

    [Fact]
    public async Task Half_hours_with_activity_make_sessions_in_any_order()
    {
        var day = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        int[] minutes = [1439, 600, 0, 610, 635, 29, 700];
        await _app.FoldAsync("m1", minutes.Select(minute => EventOf.Track("u", FoldModel.Watched, day.AddMinutes(minute))));

        // 0 and 29; 600, 610 and 635; 700; 1439.
        Assert.Equal(4, Assert.Single((await _app.UserAsync("u")).History.Buckets).Sessions);
    }

    [Fact]
    public async Task Over_a_hundred_names_that_the_model_does_not_mention_are_counted_as_overflow()
    {
        await _app.FoldAsync("m1", Enumerable.Range(0, 150).Select(i => EventOf.Track("u", $"Name {i}", group: "g")));
        await _app.FoldAsync(
            "m2",
            EventOf.Track("u", FoldModel.Watched, group: "g"),
            EventOf.Track("u", FoldModel.Imported, group: "g"),
            EventOf.Track("u", "Name 3", group: "g")
        );

        foreach (var history in new[] { (await _app.MemberAsync("g", "u")).History, (await _app.GroupAsync("g")).History })
        {
            Assert.Equal(History.MaxNames + 2, history.Names.Count);
            Assert.Equal(50, Assert.Single(history.Buckets).Overflow);
            Assert.Equal(1, history.Total(FoldModel.Watched)!.Count);
            Assert.Equal(2, history.Total("Name 3")!.Count);
        }
    }

    [Fact]
    public async Task Names_that_the_model_mentions_take_no_room_of_the_others()
    {
        await _app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched), EventOf.Track("u", FoldModel.Imported));
        await _app.FoldAsync("m2", Enumerable.Range(0, 100).Select(i => EventOf.Track("u", $"Name {i}")));

        var history = (await _app.UserAsync("u")).History;
        Assert.Equal(102, history.Names.Count);
        Assert.Equal(0, Assert.Single(history.Buckets).Overflow);
    }

    [Fact]
    public async Task Merging_histories_of_many_names_leaves_room_for_what_the_model_mentions()
    {
        for (int device = 0; device < 4; device++)
        {
            int first = device * 100;
            await _app.FoldAsync(
                $"a{device}",
                Enumerable.Range(first, 100).Select(i => EventOf.Track(null, $"Name {i}", anonymous: $"device{device}"))
            );
            await _app.FoldAsync($"i{device}", EventOf.Identify("u", anonymous: $"device{device}"));
        }
        await _app.FoldAsync("m", EventOf.Track("u", FoldModel.Watched));

        var history = (await _app.UserAsync("u")).History;
        Assert.Equal(History.MaxNames + 1, history.Names.Count);
        Assert.Equal(300, Assert.Single(history.Buckets).Overflow);
        Assert.Equal(1, history.Total(FoldModel.Watched)!.Count);
    }

    [Fact]
    public async Task Long_words_from_outside_are_bounded_so_that_no_account_outgrows_its_row()
    {
        string huge = new('x', 30_000);
        for (int i = 0; i < 60; i++)
        {
            await _app.FoldAsync(
                $"m{i}",
                EventOf.Track("u", FoldModel.TicketOpened, properties: new { ticketId = $"{huge}{i}", body = huge }, group: "g"),
                EventOf.Track(
                    "u",
                    FoldModel.Rated,
                    properties: new
                    {
                        score = 3,
                        comment = huge,
                        channel = huge,
                    },
                    group: "g"
                )
            );
        }

        var account = await _app.GroupAsync("g");
        Assert.Equal((Tickets.Capacity, Feedback.Capacity), (account.Tickets.All.Count, account.Feedback.Answers.Count));
        Assert.InRange(account.Pack().Length, 1, 200_000);
    }

    [Fact]
    public async Task An_account_is_called_as_its_customer_writes_it_even_when_a_move_made_its_row()
    {
        await _app.FoldAsync("m1", EventOf.Track("Zoë Ü", FoldModel.Watched));
        await _app.FoldAsync("m2", EventOf.Group("Zoë Ü", "Acme & Söhne"));

        var account = await _app.GroupAsync("Acme & Söhne");
        Assert.Equal("Acme & Söhne", account.Id);
        Assert.Equal("Zoë Ü", (await _app.MemberAsync("Acme & Söhne", "Zoë Ü")).UserId);
    }
}
