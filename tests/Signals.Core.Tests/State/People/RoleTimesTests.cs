using Signals.Core.State.People;

namespace Signals.Core.Tests.State.People;

public sealed class RoleTimesTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_order_of_arrival_does_not_matter()
    {
        (string Role, int Day)[] told = [("admin", 0), ("admin", 10), ("viewer", 12), ("viewer", 40), ("guest", -30)];
        var random = new Random(5);
        for (int i = 0; i < 20; i++)
        {
            var roles = new RoleTimes();
            foreach (var (role, day) in told.OrderBy(_ => random.Next()))
                roles.Note(role, Noon.AddDays(day));
            Assert.Equal(new RoleChange("admin", "viewer", Noon.AddDays(12)), roles.Change);
        }
    }

    [Fact]
    public void Who_went_back_did_so_after_they_were_last_told_to_have_the_other()
    {
        var roles = new RoleTimes();
        foreach (var (role, day) in new[] { ("viewer", 0), ("admin", 10), ("admin", 30), ("viewer", 33) })
            roles.Note(role, Noon.AddDays(day));
        Assert.Equal(new RoleChange("admin", "viewer", Noon.AddDays(30)), roles.Change);
    }

    [Fact]
    public void One_role_told_often_is_no_change_and_many_are_bounded()
    {
        var one = new RoleTimes();
        var many = new RoleTimes();
        for (int day = 0; day < 50; day++)
        {
            one.Note("admin", Noon.AddDays(day));
            many.Note($"role {day}", Noon.AddDays(day));
        }
        Assert.Null(one.Change);
        Assert.Equal(new RoleChange("role 48", "role 49", Noon.AddDays(49)), many.Change);
    }
}
