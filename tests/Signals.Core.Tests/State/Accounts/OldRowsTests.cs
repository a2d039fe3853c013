using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Tests.State.Accounts;

/// <summary>Rows that earlier versions of Signals wrote, byte by byte as they did.</summary>
public sealed class OldRowsTests
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_persons_row_of_an_earlier_layout_reads_whole(byte schema)
    {
        var person = PersonState.Unpack(PersonKey.User("ann"), OldPerson(schema), [], "e1");

        Assert.Equal(("ann", "device", "ann@example.com", 739_000), (person.UserId, person.AnonymousId, person.Email, person.DueDay));
        Assert.Equal(
            (true, 12.5, "value-not-found"),
            (person.Finding.Active, person.Finding.WindowValue, Assert.Single(person.Finding.Causes).Cause)
        );
        Assert.Equal(
            schema == 1 ? (false, (int?)null, 0d) : (true, 739_010, 40d),
            (person.Finding.EverActive, person.Finding.LastValueDay, person.Finding.Carried)
        );
        Assert.Null(person.Finding.Departure);
        Assert.Null(person.Roles.Change);
        Assert.Equal("usage-drop", Assert.Single(person.Outreach).Cause);
        Assert.True(person.HasMerged("elsewhere"));
        Assert.Equal(1, person.History.Total("Watched")!.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_row_of_an_earlier_layout_is_written_in_todays_and_says_the_same(byte schema)
    {
        var old = PersonState.Unpack(PersonKey.User("ann"), OldPerson(schema), [], "e1");
        old.Roles.Note("admin", Noon);
        old.Roles.Note("viewer", Noon.AddDays(3));
        old.Finding = old.Finding with
        {
            LastValueDay = 739_010,
            Departure = new Departure(DepartureSign.RoleChanged, 739_012, "admin", "viewer"),
        };

        var person = PersonState.Unpack(PersonKey.User("ann"), old.Pack(), old.PackIds(), "e2");

        Assert.Equal(("ann@example.com", 739_000, old.Finding.Departure), (person.Email, person.DueDay, person.Finding.Departure));
        Assert.Equal(new RoleChange("admin", "viewer", Noon.AddDays(3)), person.Roles.Change);
    }

    [Fact]
    public void An_accounts_row_of_the_first_layout_reads_whole()
    {
        var writer = new PackWriter();
        writer.Byte(1);
        writer.Text("acme");
        var profile = new Profile();
        profile.Set(Traits.Plan, "pro", Noon, 1);
        profile.Write(writer);
        writer.Count(1);
        WriteTicket(writer);
        writer.Count(1);
        WriteAnswer(writer);
        new Memberships().Write(writer);
        writer.Text(null);
        writer.Bool(false);
        writer.Count(0);
        writer.Count(3);
        writer.Time(Noon);
        writer.Time(default);
        writer.Bool(true);
        OutreachMemory.Write(writer, []);
        Watched().Write(writer);

        var account = AccountState.Unpack(AccountKey.Group("acme"), writer.Written, [], "e1");

        Assert.Equal(("acme", "pro", 3, true), (account.Id, account.Profile[Traits.Plan], account.People, account.Changed));
        Assert.Equal(("T-1", "help", null), (account.Tickets.All[0].Id, account.Tickets.All[0].Text, account.Tickets.All[0].Words));
        Assert.Equal(
            (3, "slow", null),
            (account.Feedback.Answers[0].Score, account.Feedback.Answers[0].Comment, account.Feedback.Answers[0].Words)
        );
        Assert.False(account.Plans.Changed);
        Assert.Equal(1, account.History.Total("Watched")!.Count);
    }

    [Fact]
    public void An_accounts_row_of_before_first_answers_were_kept_reads_whole_and_is_written_with_them()
    {
        var writer = new PackWriter();
        writer.Byte(6);
        writer.Text("acme");
        new Profile().Write(writer);
        writer.Count(2);
        for (int ticket = 0; ticket < 2; ticket++)
        {
            WriteTicket(writer);
            writer.Bool(false);
        }
        writer.Count(1);
        WriteAnswer(writer);
        writer.Bool(false);
        new Memberships().Write(writer);
        writer.Text(null);
        writer.Bool(false);
        writer.Count(0);
        writer.Count(3);
        writer.Time(Noon);
        writer.Time(default);
        writer.Bool(true);
        OutreachMemory.Write(writer, []);
        Watched().Write(writer);
        new PlanDays().Write(writer);
        MessageHold.Write(writer, null);
        writer.Time(Noon);
        new PriceDays().Write(writer);

        var account = AccountState.Unpack(AccountKey.Group("acme"), writer.Written, [], "e1");
        Assert.Equal((2, 1, 3), (account.Tickets.All.Count, account.Feedback.Answers.Count, account.People));
        Assert.All(account.Tickets.All, ticket => Assert.Equal(((DateTimeOffset?)Noon, null), (ticket.OpenedAt, ticket.AnsweredAt)));

        account.Tickets.Answered("T-1", Noon.AddHours(1));
        var written = AccountState.Unpack(AccountKey.Group("acme"), account.Pack(), [], "e2");
        Assert.Equal(Noon.AddHours(1), written.Tickets.All.First(ticket => ticket.AnsweredAt is not null).AnsweredAt);
        Assert.Equal((Noon, 1), (written.FoldedAt, written.History.Total("Watched")!.Count));
    }

    [Fact]
    public void A_row_of_a_later_version_is_refused_by_its_number()
    {
        var fault = Assert.Throws<InvalidDataException>(() => PersonState.Unpack(PersonKey.User("ann"), [99], [], "e1"));
        Assert.Contains("layout 99", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Layout 1 ends the finding with its causes; layout 2 adds how the person carried their account.</summary>
    private static byte[] OldPerson(byte schema)
    {
        var writer = new PackWriter();
        writer.Byte(schema);
        writer.Text("ann");
        writer.Text("device");
        var profile = new Profile();
        profile.Set(Traits.Email, "ann@example.com", Noon, 5);
        profile.Write(writer);
        writer.Time(Noon);
        writer.Signed(739_000);
        writer.Bool(true);
        writer.Bool(true);
        writer.Float(12.5);
        writer.Count(1);
        writer.Text("value-not-found");
        writer.Text(null);
        writer.Float(0.5);
        if (schema == 2)
        {
            writer.Bool(true);
            writer.Bool(false);
            writer.Count(739_010);
            writer.Float(40);
            writer.Count(6);
        }
        OutreachMemory.Write(writer, [new OutreachMemory("usage-drop", null, Noon, "o1", "u_ann")]);
        writer.Count(1);
        writer.Fixed64(MessageHash.Of("elsewhere"));
        writer.Bool(false);
        Watched().Write(writer);
        return writer.ToArray();
    }

    private static void WriteTicket(PackWriter writer)
    {
        writer.Text("T-1");
        writer.Time(Noon);
        writer.Fixed64(7);
        writer.Time(default);
        writer.Text("help");
        writer.Text("u_ann");
    }

    private static void WriteAnswer(PackWriter writer)
    {
        writer.Time(Noon);
        writer.Fixed64(8);
        writer.Byte((byte)FeedbackKind.Nps);
        writer.Float(3);
        writer.Text("email");
        writer.Text("slow");
        writer.Text("u_ann");
    }

    private static History Watched()
    {
        var history = new History();
        history.Record("Watched", Noon, true, []);
        return history;
    }
}
