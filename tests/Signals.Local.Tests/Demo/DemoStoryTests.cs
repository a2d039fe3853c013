using System.Text;
using Signals.Core.Platform.Time;
using Signals.Local.Demo;

namespace Signals.Local.Tests.Demo;

public sealed class DemoStoryTests
{
    private static readonly int LastDay = Days.Of(new DateTimeOffset(2026, 3, 18, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_same_end_gives_the_same_story_event_by_event()
    {
        var model = DemoModel.Read();

        Assert.Equal(Lines(new DemoStory(model, LastDay)), Lines(new DemoStory(model, LastDay)));
    }

    [Fact]
    public void A_week_later_only_the_dates_differ()
    {
        var model = DemoModel.Read();
        var earlier = new DemoStory(model, LastDay).Tell().Select(day => (day.Weekday, day.InOrder().Count));
        var later = new DemoStory(model, LastDay + 7).Tell().Select(day => (day.Weekday, day.InOrder().Count));

        Assert.Equal(earlier, later);
    }

    [Fact]
    public void Every_event_lies_between_the_folds_of_its_day_and_has_an_id_of_its_own()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var day in new DemoStory(DemoModel.Read(), LastDay).Tell())
        {
            Assert.All(
                day.InOrder(),
                usageEvent =>
                {
                    Assert.InRange(usageEvent.Timestamp, day.Date + StoryClock.Fold, day.Date.AddDays(1) + StoryClock.Fold);
                    Assert.True(usageEvent.ReceivedAt > usageEvent.Timestamp);
                    Assert.True(ids.Add(usageEvent.MessageId), usageEvent.MessageId);
                }
            );
        }
    }

    [Fact]
    public void Accounts_and_addresses_are_unique_and_at_example_domains()
    {
        var accounts = new DemoStory(DemoModel.Read(), LastDay).Accounts;
        var addresses = accounts.SelectMany(account => account.People).Select(person => person.Email).ToList();

        Assert.Distinct(accounts.Select(account => account.Id));
        Assert.Distinct(addresses);
        Assert.All(addresses, address => Assert.Matches(@"^[a-z.0-9]+@[a-z-]+\.example$", address));
        Assert.True(addresses.Count > 1000, $"{addresses.Count} people");
    }

    [Fact]
    public void The_story_ends_at_the_last_review_that_is_not_in_the_future()
    {
        Assert.Equal(LastDay, StoryClock.LastDay(Days.Start(LastDay) + StoryClock.Review));
        Assert.Equal(LastDay - 1, StoryClock.LastDay(Days.Start(LastDay) + StoryClock.Review - TimeSpan.FromSeconds(1)));
    }

    private static List<string> Lines(DemoStory story) =>
        [
            .. story
                .Tell()
                .SelectMany(day => day.InOrder())
                .Select(usageEvent =>
                    $"{usageEvent.MessageId} {usageEvent.Type} {usageEvent.Name} {usageEvent.UserId} {usageEvent.Timestamp:O} {Encoding.UTF8.GetString(usageEvent.Payload.Span)}"
                ),
        ];
}
