using Signals.Core.State.Answers;
using Signals.Testing.Folding;

namespace Signals.Core.Tests.State.Answers;

public sealed class TicketsTests
{
    [Fact]
    public void Openings_answers_and_solutions_may_come_in_any_order()
    {
        var steps = new List<Action<Tickets>>
        {
            tickets => tickets.Opened("t", FoldApp.Noon.AddHours(1), 1, "second", "u_b"),
            tickets => tickets.Opened("t", FoldApp.Noon, 9, "later message", "u_c"),
            tickets => tickets.Opened("t", FoldApp.Noon, 2, null, "u_a"),
            tickets => tickets.Solved("t", FoldApp.Noon.AddHours(2)),
            tickets => tickets.Solved("t", FoldApp.Noon.AddHours(-2)),
            tickets => tickets.Answered("t", FoldApp.Noon.AddMinutes(90)),
            tickets => tickets.Answered("t", FoldApp.Noon.AddMinutes(30)),
        };
        var expected = new Ticket("t", FoldApp.Noon, 2, FoldApp.Noon.AddHours(2), null, "u_a") { AnsweredAt = FoldApp.Noon.AddMinutes(30) };
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
    public void Two_histories_of_a_ticket_become_one_with_the_first_answer()
    {
        Tickets here = new(),
            there = new();
        here.Opened("t", FoldApp.Noon, 1, "help", "u_a");
        here.Answered("t", FoldApp.Noon.AddHours(5));
        there.Answered("t", FoldApp.Noon.AddHours(3));
        there.Answered("elsewhere", FoldApp.Noon);

        here.MergeFrom(there);

        Assert.Equal(
            [FoldApp.Noon.AddHours(3), FoldApp.Noon],
            here.All.OrderByDescending(ticket => ticket.Id).Select(ticket => ticket.AnsweredAt)
        );
        Assert.Equal(FoldApp.Noon.AddHours(3), here.All.Single(ticket => ticket.Id == "t").HeardAt);
        // Before it was given there was no answer.
        Assert.Null(here.UpTo(FoldApp.Noon.AddHours(2)).All.Single(ticket => ticket.Id == "t").AnsweredAt);
    }

    [Fact]
    public void Who_is_helped_without_an_answer_before_heard_of_a_person_then()
    {
        var tickets = new Tickets();
        tickets.Opened("t", FoldApp.Noon, 1, "help", "u_a");
        Assert.Null(tickets.All[0].HeardAt);
        tickets.Solved("t", FoldApp.Noon.AddHours(2));
        Assert.Equal(FoldApp.Noon.AddHours(2), tickets.All[0].HeardAt);
        tickets.Answered("t", FoldApp.Noon.AddHours(4));
        Assert.Equal(FoldApp.Noon.AddHours(2), tickets.All[0].HeardAt);
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
