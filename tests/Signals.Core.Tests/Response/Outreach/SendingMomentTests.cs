using System.Globalization;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Outreach;

/// <summary>
/// When a message leaves: planned for someone stuck at 04:30 UTC of the eighth day, under quiet hours from 20:00 to 08:00 of their own
/// zone.
/// </summary>
public sealed class SendingMomentTests
{
    [Theory]
    // A working day, in zones around the world. In New York and Los Angeles summer time has just begun.
    [InlineData("2025-03-03", "UTC", "2025-03-10T08:00Z")]
    [InlineData("2025-03-03", "Europe/Paris", "2025-03-10T07:00Z")]
    [InlineData("2025-03-03", "Asia/Tokyo", "2025-03-10T04:30Z")]
    [InlineData("2025-03-03", "Asia/Kolkata", "2025-03-10T04:30Z")]
    [InlineData("2025-03-03", "Asia/Kathmandu", "2025-03-10T04:30Z")]
    [InlineData("2025-03-03", "Pacific/Auckland", "2025-03-10T04:30Z")]
    [InlineData("2025-03-03", "America/Sao_Paulo", "2025-03-10T11:00Z")]
    [InlineData("2025-03-03", "America/New_York", "2025-03-10T12:00Z")]
    [InlineData("2025-03-03", "America/St_Johns", "2025-03-10T10:30Z")]
    // Nobody knows that zone: the model's counts.
    [InlineData("2025-03-03", "Mars/Olympus", "2025-03-10T08:00Z")]
    // Los Angeles is still in its Sunday, and waits for Monday.
    [InlineData("2025-03-03", "America/Los_Angeles", "2025-03-10T15:00Z")]
    // Saturday in UTC. Los Angeles has Friday evening; Auckland leaves the weekend first.
    [InlineData("2025-03-01", "UTC", "2025-03-10T08:00Z")]
    [InlineData("2025-03-01", "Europe/Paris", "2025-03-10T07:00Z")]
    [InlineData("2025-03-01", "Asia/Tokyo", "2025-03-09T23:00Z")]
    [InlineData("2025-03-01", "Pacific/Auckland", "2025-03-09T19:00Z")]
    [InlineData("2025-03-01", "America/Los_Angeles", "2025-03-10T15:00Z")]
    // The Sunday on which the clock changes: forward and back, in Europe, America and half an hour on Lord Howe Island.
    [InlineData("2025-03-23", "Europe/Paris", "2025-03-31T06:00Z")]
    [InlineData("2025-10-19", "Europe/Paris", "2025-10-27T07:00Z")]
    [InlineData("2025-10-26", "America/New_York", "2025-11-03T13:00Z")]
    [InlineData("2025-03-30", "Australia/Lord_Howe", "2025-04-06T21:30Z")]
    public async Task It_leaves_in_the_first_working_hour_there(string start, string zone, string expected) =>
        await LeavesAtAsync(start, zone, Moment(expected), settings => settings);

    [Theory]
    [InlineData("2025-03-01", "UTC", "2025-03-08T08:00Z")]
    [InlineData("2025-03-23", "Europe/Paris", "2025-03-30T06:00Z")]
    [InlineData("2025-10-19", "Europe/Paris", "2025-10-26T07:00Z")]
    [InlineData("2025-03-02", "America/New_York", "2025-03-09T12:00Z")]
    [InlineData("2025-10-26", "America/New_York", "2025-11-02T13:00Z")]
    [InlineData("2025-03-30", "Australia/Lord_Howe", "2025-04-06T04:30Z")]
    public async Task Where_weekends_are_allowed_it_leaves_in_the_first_hour_that_is_not_quiet(
        string start,
        string zone,
        string expected
    ) => await LeavesAtAsync(start, zone, Moment(expected), settings => settings with { Weekends = true });

    [Theory]
    [InlineData("2025-03-03", "America/Los_Angeles", "2025-03-10T07:00Z")]
    [InlineData("2025-03-03", "Europe/Paris", "2025-03-10T04:30Z")]
    [InlineData("2025-03-01", "Europe/Paris", "2025-03-09T23:00Z")]
    public async Task Without_quiet_hours_only_the_weekend_holds_it(string start, string zone, string expected) =>
        await LeavesAtAsync(start, zone, Moment(expected), settings => settings with { QuietHours = null });

    [Theory]
    [InlineData("2025-03-01", "UTC", 2)]
    [InlineData("2025-03-03", "UTC", 0.14)]
    public async Task What_would_be_stale_by_then_expires_at_once(string start, string zone, double expireAfterDays)
    {
        var world = await PlannedAsync(start, zone, settings => settings with { ExpireAfterDays = expireAfterDays });

        var record = Assert.Single(await world.MessagesAsync("ann"));
        Assert.Equal(OutreachState.Expired, record.State);
        Assert.StartsWith("quiet hours or weekend until", record.Reason, StringComparison.Ordinal);
        Assert.EndsWith("stale by then", record.Reason, StringComparison.Ordinal);
    }

    private static async Task LeavesAtAsync(
        string start,
        string zone,
        DateTimeOffset expected,
        Func<OutreachSettings, OutreachSettings> change
    )
    {
        var world = await PlannedAsync(start, zone, change);
        if (expected > world.Clock.GetUtcNow())
        {
            Assert.Equal((OutreachState.Planned, expected), await StateAsync(world));
            await world.AdvanceToAsync(expected.AddSeconds(-1));
            Assert.Equal((OutreachState.Planned, expected), await StateAsync(world));
            await world.AdvanceToAsync(expected);
        }
        Assert.Equal((OutreachState.Sent, null), await StateAsync(world));
        Assert.Equal(expected, Assert.Single(world.Mail.Left, mail => mail.To == "ann@example.com").At);
    }

    private static async Task<SignalsWorld> PlannedAsync(string start, string zone, Func<OutreachSettings, OutreachSettings> change)
    {
        var model = StoryModels.OfPeople;
        var usual = model.Outreach with { QuietHours = new QuietHours(new TimeOnly(20, 0), new TimeOnly(8, 0)), Weekends = false };
        var world = await SignalsWorld.WithAsync(model with { Outreach = change(usual) }, Moment(start + "T00:00Z"));
        world.Given("ann").Identifies().With("email", "ann@example.com").With("timezone", zone).On(0).Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 6);
        await world.AdvanceToAsync(world.At(7, 4.5));
        return world;
    }

    private static async Task<(OutreachState State, DateTimeOffset? NotBefore)> StateAsync(SignalsWorld world)
    {
        var record = Assert.Single(await world.MessagesAsync("ann"));
        return (record.State, record.NotBefore);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
