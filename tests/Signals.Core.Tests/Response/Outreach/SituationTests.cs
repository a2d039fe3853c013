using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Outreach;

/// <summary>
/// What becomes of the message to someone who is stuck (it is planned on day 7, and mostly held by the warm-up until 09:00 on day 8): rules
/// one by one, and where two meet.
/// </summary>
public sealed class SituationTests
{
    private const string Ann = "ann@example.com";

    private static readonly ValueModel Base = StoryModels.OfPeople with
    {
        Tickets = new TicketDefinition
        {
            Opened = ["Ticket Opened"],
            Solved = ["Ticket Solved"],
            WithinHours = 48,
        },
        Churn = new ChurnDefinition { Events = ["Subscription Cancelled"], Returned = ["Subscription Reactivated"] },
    };

    private static readonly QuietHours Nights = new(new TimeOnly(20, 0), new TimeOnly(8, 0));

    private static readonly List<Situation> All =
    [
        // Nothing stands against it.
        new("nothing stands against it", Model: Now, Expected: "sent"),
        new("the warm-up ends in time", Expected: "sent"),
        new("the warm-up outlives it", Model: With(o => o with { WarmUpHours = 400 }), Expected: "expired: warming up until"),
        new("dry run", Model: With(o => o with { Mode = OutreachMode.DryRun }), Expected: "suppressed: dry-run"),
        // Suppression and consent.
        new(
            "unsubscribed from everything before",
            Given: w => UnsubscribeAsync(w, null),
            Expected: "suppressed: the recipient unsubscribed"
        ),
        new(
            "unsubscribed from this topic before",
            Given: w => UnsubscribeAsync(w, "value-not-found"),
            Expected: "suppressed: the recipient unsubscribed"
        ),
        new("unsubscribed from another topic", Given: w => UnsubscribeAsync(w, "friction"), Expected: "sent"),
        new("unsubscribed while it waited", Meanwhile: w => UnsubscribeAsync(w, null), Expected: "suppressed: the recipient unsubscribed"),
        new(
            "the address in capitals unsubscribed",
            Meanwhile: w => UnsubscribeAsync(w, null, "ANN@Example.com "),
            Expected: "suppressed: the recipient unsubscribed"
        ),
        new("somebody else unsubscribed", Meanwhile: w => UnsubscribeAsync(w, null, "bob@example.com"), Expected: "sent"),
        new(
            "the unsubscribed trait is set",
            Story: w => w.Given("ann").Identifies().With("unsubscribed", true).On(7),
            Expected: "suppressed: the person's trait unsubscribed is true"
        ),
        new(
            "the unsubscribed trait is taken back",
            Story: w => w.Given("ann").Identifies().With("unsubscribed", true).On(7).Identifies().With("unsubscribed", false).At(11).On(7),
            Expected: "sent"
        ),
        new(
            "the address changed",
            Story: w => w.Given("ann").HasEmail("ann@elsewhere.example", day: 7),
            Expected: "suppressed: the person's address changed"
        ),
        new("the address changed its case", Story: w => w.Given("ann").HasEmail("Ann@Example.COM", day: 7), Expected: "sent"),
        // The goal, the cause, the customer.
        new(
            "the goal was reached while it waited",
            Story: w => w.Given("ann").Tracks("Report Shared").Times(4).On(7),
            Expected: "suppressed: the goal is already reached"
        ),
        new(
            "a part of the goal was reached",
            Story: w => w.Given("ann").Tracks("Video Watched").With("minutes", 2).On(7),
            Expected: "sent"
        ),
        new(
            "as much was reached as the floor asks for in those days",
            Story: w => w.Given("ann").Tracks("Report Shared").On(7),
            Expected: "suppressed: the cause no longer holds"
        ),
        new(
            "the cause went with value from before",
            Story: w => w.Given("ann").Tracks("Report Shared").Times(4).Late(TimeSpan.FromDays(4)).On(3),
            Expected: "suppressed: the cause no longer holds"
        ),
        new(
            "the customer left",
            Story: w => w.Given("ann").Tracks("Subscription Cancelled").On(7),
            Expected: "suppressed: the customer has left"
        ),
        new(
            "the customer left and came back",
            Story: w => w.Given("ann").Tracks("Subscription Cancelled").On(7).Tracks("Subscription Reactivated").At(11).On(7),
            Expected: "sent"
        ),
        new(
            "a ticket has been open too long",
            Story: w => w.Given("ann").Tracks("Ticket Opened").With("ticketId", "t").At(7).On(6),
            Expected: "suppressed: a support ticket is open past its time"
        ),
        new(
            "a ticket was opened just now",
            Story: w => w.Given("ann").Tracks("Ticket Opened").With("ticketId", "t").On(7),
            Expected: "sent"
        ),
        new(
            "the old ticket was solved",
            Story: w =>
                w.Given("ann").Tracks("Ticket Opened").With("ticketId", "t").On(4).Tracks("Ticket Solved").With("ticketId", "t").On(7),
            Expected: "sent"
        ),
        // Incidents.
        new("an incident holds it until it is over", Model: During(7, 8.5, apologises: false), Expected: "sent"),
        new(
            "an incident holds it beyond its life",
            Model: During(7, 30, apologises: false),
            Expected: "expired: held while something is broken: exports fail; stale by then"
        ),
        new(
            "an incident without an end holds it",
            Model: During(7, null, apologises: false),
            Until: 9,
            Expected: "planned: held while something is broken: exports fail"
        ),
        new("an incident without an end outlives it", Model: During(7, null, apologises: false), Until: 13, Expected: "expired: "),
        new("an incident was over before", Model: During(3, 6, apologises: false), Expected: "sent"),
        new("an incident is yet to come", Model: During(12, null, apologises: false), Expected: "sent"),
        new("an incident apologises instead", Model: During(7, null, apologises: true), Expected: "sent", Template: "incident"),
        new(
            "an apology is not sent to who unsubscribed",
            Model: During(7, null, apologises: true),
            Meanwhile: w => UnsubscribeAsync(w, null),
            Expected: "suppressed: the recipient unsubscribed"
        ),
        new(
            "an apology keeps to the quiet hours",
            Model: m => During(7, null, apologises: true)(With(o => o with { WarmUpHours = 0, QuietHours = Nights })(m)),
            Until: 7,
            Expected: "sent",
            Template: "incident"
        ),
        new(
            "an incident, and the goal is reached",
            Model: During(7, 8.5, apologises: false),
            Story: w => w.Given("ann").Tracks("Report Shared").Times(4).On(7),
            Expected: "suppressed: the goal is already reached"
        ),
        // Caps and cooldown.
        new(
            "the person had their message this week",
            Given: WrittenToAsync,
            Expected: "expired: the recipient has had enough messages for now; stale by then"
        ),
        new(
            "the person had one of two",
            Model: With(o => o with { PerPerson = new SendCap(2, 7) }),
            Given: WrittenToAsync,
            Expected: "sent"
        ),
        new(
            "the person had theirs, and this one may wait",
            Model: With(o => o with { ExpireAfterDays = 9 }),
            Given: WrittenToAsync,
            Until: 12,
            Expected: "planned: the recipient has had enough messages for now"
        ),
        new(
            "the person had theirs, and this one waited",
            Model: With(o => o with { ExpireAfterDays = 9 }),
            Given: WrittenToAsync,
            Until: 16,
            Expected: "sent"
        ),
        new(
            "the day's limit is used up today, and tomorrow is another day",
            Model: With(o => o with { PerDay = 1 }),
            Story: w => w.Given("bob").HasEmail().Browses().On(0, 2, 4, 6),
            Expected: "sent"
        ),
        new("no message a day is allowed", Model: With(o => o with { PerDay = 0 }), Until: 12, Expected: "expired: not sent by 2025-03-13"),
        // Holdout.
        new("everybody is held out", Model: With(o => o with { Holdout = 1 }), Expected: "held-out: held out by lot"),
        new("nobody is held out", Model: With(o => o with { Holdout = 0 }), Expected: "sent"),
        new(
            "held out, and unsubscribed",
            Model: With(o => o with { Holdout = 1 }),
            Given: w => UnsubscribeAsync(w, null),
            Expected: "held-out: held out by lot"
        ),
        // What the provider says.
        new("the provider refuses it", Answers: new SendOutcome(SendStatus.Refused, "no such domain"), Expected: "failed: no such domain"),
        new(
            "the provider knows no such recipient",
            Answers: new SendOutcome(SendStatus.NoSuchRecipient, "550 5.1.1 user unknown"),
            Expected: "bounced: 550 5.1.1 user unknown"
        ),
        new("the provider does not answer", Answers: new SendOutcome(SendStatus.Unknown), Expected: "uncertain: no answer came"),
    ];

    public static TheoryData<string> Names => [.. All.Select(situation => situation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_situation_ends_as_told(string name)
    {
        var situation = All.Single(one => one.Name == name);
        var world = await SignalsWorld.WithAsync((situation.Model ?? (model => model))(With(o => o with { WarmUpHours = 8 * 24 })(Base)));
        if (situation.Answers is { } answer)
            world.Mail.Answers = mail => mail.To.Address == Ann ? answer : new SendOutcome(SendStatus.Accepted);
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        situation.Story?.Invoke(world);
        await (situation.Given?.Invoke(world) ?? Task.CompletedTask);
        await world.AdvanceToAsync(day: 7);
        await (situation.Meanwhile?.Invoke(world) ?? Task.CompletedTask);
        await world.AdvanceToAsync(day: situation.Until);

        var record = Assert.Single(await world.MessagesAsync("ann"));
        string outcome = record.State == OutreachState.Sent ? "sent" : $"{record.State.Name()}: {record.Reason}";
        Assert.StartsWith(situation.Expected, outcome, StringComparison.Ordinal);
        bool left = record.State is OutreachState.Sent or OutreachState.Uncertain;
        Assert.Equal(left ? 1 : 0, world.Mail.Left.Count(mail => mail.To == Ann && mail.Mail.Id == record.Id));
        Assert.Equal(situation.Template, record.State == OutreachState.Sent ? record.Template : situation.Template);
    }

    /// <summary>Another account wrote to the same address on day 6.</summary>
    private static async Task WrittenToAsync(SignalsWorld world)
    {
        string ann = world.RecipientKey.Of(Ann);
        await world
            .Get<Recipients>()
            .ClaimAsync(
                ann,
                "another",
                "friction",
                heedsProduct: true,
                new SendCap(1, 7),
                words: null,
                world.At(6),
                TestContext.Current.CancellationToken
            );
        await world.Get<Recipients>().SettleAsync(ann, "another", OutreachState.Sent, world.At(6), TestContext.Current.CancellationToken);
    }

    private static ValueModel Now(ValueModel model) => With(o => o with { WarmUpHours = 0 })(model);

    private static Func<ValueModel, ValueModel> With(Func<OutreachSettings, OutreachSettings> change) =>
        model => model with { Outreach = change(model.Outreach) };

    private static Func<ValueModel, ValueModel> During(int fromDay, double? untilDay, bool apologises) =>
        model =>
            model with
            {
                Incidents =
                [
                    new Incident(
                        "exports fail",
                        SignalsWorld.Start.AddDays(fromDay),
                        untilDay is { } day ? SignalsWorld.Start.AddDays(day) : null,
                        apologises
                    ),
                ],
            };

    private static Task UnsubscribeAsync(SignalsWorld world, string? topic, string address = Ann) =>
        world
            .Get<ISuppressions>()
            .UnsubscribeAsync(
                world.RecipientKey.Of(address),
                topic,
                "test",
                world.Clock.GetUtcNow(),
                TestContext.Current.CancellationToken
            );

    private sealed record Situation(
        string Name,
        string Expected,
        Func<ValueModel, ValueModel>? Model = null,
        Action<SignalsWorld>? Story = null,
        Func<SignalsWorld, Task>? Given = null,
        Func<SignalsWorld, Task>? Meanwhile = null,
        SendOutcome? Answers = null,
        int Until = 11,
        string Template = "value-not-found"
    );
}
