using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Team;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Team;

public sealed class TeamUsersTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly InMemoryEntityStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_left_all_who_are_in_are_listed_and_those_who_left_first_are_forgotten()
    {
        var users = new TeamUsers(_store, _clock);
        for (int i = 0; i < TeamUsers.MaxEnded + 250; i++)
        {
            var left = User($"left-{i}@nimbus.example");
            await users.AddAsync(left, Cancel);
            _clock.Advance(TimeSpan.FromMinutes(1));
            await users.ChangeAsync(left.Id, known => known with { EndedAt = _clock.GetUtcNow() }, Cancel);
        }
        await users.AddAsync(User("ann@nimbus.example"), Cancel);

        var all = await users.ListAsync(Cancel);

        Assert.Equal("ann@nimbus.example", Assert.Single(all, user => user.IsActive).Address);
        Assert.Equal(TeamUsers.MaxEnded, all.Count(user => !user.IsActive));
        Assert.DoesNotContain(all, user => user.Address == "left-0@nimbus.example");
    }

    [Fact]
    public async Task Whose_access_ends_has_no_session_and_no_link_any_more_and_others_keep_theirs()
    {
        string ann = TeamUsers.IdOf("ann@nimbus.example"),
            bob = TeamUsers.IdOf("bob@nimbus.example");
        foreach (
            string partition in (string[])[TeamUsers.SessionsPrefix + ann, TeamUsers.LinksPrefix + ann, TeamUsers.SessionsPrefix + bob]
        )
            await _store.CommitAsync(
                PipelineCounters.Table,
                partition,
                [EntityOperation.Insert(new Entity(partition, "one")), EntityOperation.Insert(new Entity(partition, "two"))],
                Cancel
            );

        await new TeamUsers(_store, _clock).ForgetWaysInAsync(ann, Cancel);

        Assert.Equal([TeamUsers.SessionsPrefix + bob], _store.All(PipelineCounters.Table).Select(row => row.PartitionKey).Distinct());
    }

    private TeamUser User(string address) =>
        new()
        {
            Id = TeamUsers.IdOf(address),
            Address = address,
            Name = address,
            Role = "manager",
            CreatedAt = _clock.GetUtcNow(),
            CreatedBy = "test",
        };
}
