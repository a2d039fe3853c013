using Signals.Core.State.Answers;
using Signals.Testing.Folding;

namespace Signals.Core.Tests.State.Answers;

public sealed class TicketsTests
{
    [Fact]
    public void Openings_and_solutions_may_come_in_any_order()
    {
        var steps = new List<Action<Tickets>>
        {
            tickets => tickets.Opened("t", FoldApp.Noon.AddHours(1), 1, "second", "u_b"),
            tickets => tickets.Opened("t", FoldApp.Noon, 9, "later message", "u_c"),
            tickets => tickets.Opened("t", FoldApp.Noon, 2, null, "u_a"),
            tickets => tickets.Solved("t", FoldApp.Noon.AddHours(2)),
            tickets => tickets.Solved("t", FoldApp.Noon.AddHours(-2)),
        };
        var expected = new Ticket("t", FoldApp.Noon, 2, FoldApp.Noon.AddHours(2), null, "u_a");
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            var order = steps.ToArray();
            random.Shuffle(order);
            var tickets = new Tickets();
            foreach (var step in order)
                step(tickets);
            Assert.Equal(expected, Assert.Single(tickets.All));
        }
    }

    [Fact]
    public void A_solution_from_before_the_opening_leaves_the_ticket_open()
    {
        var tickets = new Tickets();
        tickets.Solved("t", FoldApp.Noon.AddDays(-1));
        tickets.Opened("t", FoldApp.Noon, 1, "again", "u_a");

        Assert.True(Assert.Single(tickets.All).IsOpen);
    }

    [Fact]
    public void An_open_ticket_is_not_forgotten_for_newer_ones_that_are_solved()
    {
        var tickets = new Tickets();
        tickets.Opened("old", FoldApp.Noon.AddYears(-1), 1, "still waiting", "u_a");
        for (int i = 0; i < 2 * Tickets.Capacity; i++)
        {
            tickets.Opened($"t{i}", FoldApp.Noon.AddHours(i), 1, "help", "u_a");
            tickets.Solved($"t{i}", FoldApp.Noon.AddHours(i + 1));
        }

        Assert.Equal(Tickets.Capacity, tickets.All.Count);
        Assert.Contains(tickets.All, ticket => ticket is { Id: "old", IsOpen: true });
    }
}
