using Signals.Core.State.Answers;

namespace Signals.Web.Tests.Doors;

/// <summary>Each service's posts, in the shape that it documents, through the front door down to what a CS manager sees.</summary>
public sealed class ConnectorTests : DoorHost
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("stripe", "customer-created", "invoice-payment-failed", "invoice-paid", 1200)]
    [InlineData("paddle", "customer-created", "payment-failed", "completed", 100)]
    [InlineData("chargebee", "subscription-changed", "payment-failed", "payment-succeeded", 199)]
    public async Task A_payment_that_failed_is_a_cause_until_it_is_made_good(
        string door,
        string customer,
        string failed,
        string recovered,
        double amount
    )
    {
        await GivenAnnAsync();

        await PostAsync(door, customer, failed);
        await DaysLaterAsync(2);

        Assert.Contains("payment-failing", await CausesAsync());
        string evidence = (await Host.GetAsync("/api/accounts/acme")).GetProperty("causes").ToString();
        Assert.Contains($"payment of {amount:#,##0} USD failed", evidence, StringComparison.Ordinal);

        await PostAsync(door, recovered);
        await Host.SettleAsync();

        Assert.DoesNotContain("payment-failing", await CausesAsync());
        Assert.Empty(await QuarantineAsync());
    }

    [Theory]
    [InlineData("stripe", "customer-created", "invoice-payment-failed", "invoice-paid")]
    [InlineData("paddle", "customer-created", "payment-failed", "completed")]
    [InlineData("chargebee", "subscription-changed", "payment-failed", "payment-succeeded")]
    public async Task A_payment_told_of_as_made_good_before_it_is_told_of_as_failed_is_none(
        string door,
        string customer,
        string failed,
        string recovered
    )
    {
        await GivenAnnAsync();

        // The service's own id is said to be Acme's last of all.
        await PostAsync(door, recovered, failed, customer);
        await DaysLaterAsync(2);

        Assert.DoesNotContain("payment-failing", await CausesAsync());
        var account = await AccountAsync();
        Assert.Equal(1, account.History.Total("Payment Failed")?.Count);
        Assert.Equal(1, account.History.Total("Payment Succeeded")?.Count);
    }

    [Theory]
    [InlineData("stripe", "customer-created", "subscription-updated", 100, 5, "2026-03-22")]
    [InlineData("paddle", "customer-created", "subscription-updated", 100, 4, "2026-04-01")]
    [InlineData("chargebee", "subscription-changed", "payment-failed", 199, 8, "2026-04-02")]
    public async Task A_subscription_is_plan_price_seats_and_renewal(
        string door,
        string customer,
        string subscription,
        double price,
        int seats,
        string renewal
    )
    {
        await GivenAnnAsync();

        await PostAsync(door, customer, subscription);
        await Host.SettleAsync();

        var facts = await FactsAsync();
        Assert.Equal(("pro", price, (int?)seats), (facts.Plan, facts.Price, facts.Seats));
        Assert.Equal(DateOnly.Parse(renewal), DateOnly.FromDateTime(facts.RenewalAt!.Value.UtcDateTime));
    }

    [Fact]
    public async Task A_trial_has_its_end_and_a_change_that_arrives_first_is_not_undone_by_what_was_before()
    {
        await GivenAnnAsync();

        await PostAsync("stripe", "customer-created", "subscription-updated", "subscription-created");
        await Host.SettleAsync();

        var facts = await FactsAsync();
        Assert.Equal(Noon.AddDays(12), facts.TrialEndsAt);
        Assert.Equal((100, 5), (facts.Price, facts.Seats));
    }

    [Fact]
    public async Task Whoever_means_to_cancel_says_so_and_whoever_cancelled_has_left()
    {
        await GivenAnnAsync();

        await PostAsync("stripe", "customer-created", "cancellation-scheduled");
        await DaysLaterAsync(1);

        Assert.Contains("needs-changed", await CausesAsync());
        Assert.Contains((await AccountAsync()).Feedback.Answers, answer => answer.Comment == "We are moving to another tool.");

        await PostAsync("stripe", "subscription-deleted");
        await Host.SettleAsync();

        Assert.Equal(1, (await AccountAsync()).History.Total("Subscription Cancelled")?.Count);
    }

    [Theory]
    [InlineData("zendesk", "5158", "The export stops at half of the rows.", "user-created", "ticket-created", "status-solved")]
    [InlineData("intercom", "2152160", "I can't share a report & need it today.", null, "conversation-created", "conversation-closed")]
    [InlineData("freshdesk", "31", "I cannot log in.", null, "created", "resolved")]
    public async Task A_ticket_past_its_time_is_a_cause_until_it_is_solved(
        string door,
        string id,
        string text,
        string? person,
        string opened,
        string solved
    )
    {
        await GivenAnnAsync();

        await PostAsync(door, opened);
        if (person is not null)
            await PostAsync(door, person);
        await DaysLaterAsync(4);

        var ticket = Assert.Single((await AccountAsync()).Tickets.All);
        Assert.Equal((id, text, "u_ann", true), (ticket.Id, ticket.Text, ticket.Person, ticket.IsOpen));
        Assert.Contains("support-unhappy", await CausesAsync());

        await PostAsync(door, solved);
        await Host.SettleAsync();

        // What a service says of an hour after it was opened closes it, however late that is heard.
        Assert.False(Assert.Single((await AccountAsync()).Tickets.All).IsOpen);
        Assert.DoesNotContain("support-unhappy", await CausesAsync());
    }

    [Theory]
    [InlineData("zendesk", "trigger-opened", "trigger-answered")]
    [InlineData("intercom", "conversation-created", "conversation-replied")]
    [InlineData("freshdesk", "own-body", "answered")]
    public async Task A_ticket_that_a_person_answered_is_answered(string door, string opened, string answered)
    {
        await GivenAnnAsync();

        await PostAsync(door, opened, answered);
        await Host.SettleAsync();

        var ticket = Assert.Single((await AccountAsync()).Tickets.All);
        Assert.NotNull(ticket.AnsweredAt);
        Assert.True(ticket.IsOpen);
    }

    [Theory]
    [InlineData("zendesk", "ticket-created", "status-solved")]
    [InlineData("intercom", "conversation-created", "conversation-closed")]
    public async Task A_ticket_that_is_heard_to_be_solved_first_is_solved(string door, string opened, string solved)
    {
        await GivenAnnAsync();
        if (door == "zendesk")
            await PostAsync(door, "user-created");

        await PostAsync(door, solved, opened);
        await DaysLaterAsync(4);

        Assert.False(Assert.Single((await AccountAsync()).Tickets.All).IsOpen);
        Assert.DoesNotContain("support-unhappy", await CausesAsync());
    }

    [Theory]
    [InlineData("delighted", FeedbackKind.Nps, 2, "Exports fail every week.", "created", "updated")]
    [InlineData("delighted", FeedbackKind.Ces, 7, null, "ces")]
    [InlineData("typeform", FeedbackKind.Nps, 3, "Too slow.", "response")]
    [InlineData("formbricks", FeedbackKind.Csat, 1, "It lost my work.", "finished")]
    [InlineData("intercom", FeedbackKind.Csat, 1, "Useless answer", "rating-added")]
    [InlineData("zendesk", FeedbackKind.Csat, 1, "Nobody answered for a week.", "trigger-rated")]
    public async Task A_poor_answer_is_kept_with_its_words_and_is_a_cause(
        string door,
        FeedbackKind kind,
        double score,
        string? comment,
        params string[] posts
    )
    {
        await GivenAnnAsync();

        await PostAsync(door, posts);
        await DaysLaterAsync(1);

        var answer = (await AccountAsync()).Feedback.Answers[^1];
        Assert.Equal((kind, score, comment, "u_ann", door), (answer.Kind, answer.Score, answer.Comment, answer.Person, answer.Channel));
        Assert.Contains("support-unhappy", await CausesAsync());
    }

    [Fact]
    public async Task A_crm_says_who_looks_after_an_account_and_when_it_renews_however_it_orders_that()
    {
        await GivenAnnAsync();

        await PostAsync("hubspot", "changes");
        await Host.SettleAsync();

        var facts = await FactsAsync();
        Assert.Equal(("amelie@nimbus.example", true), (facts.Csm, facts.Strategic));
        Assert.Equal(Noon.AddDays(20), facts.RenewalAt);
        Assert.Empty(await QuarantineAsync());
        Assert.StartsWith("2026-03-22", (await Host.GetAsync("/api/accounts/acme")).GetProperty("renewalAt").GetString());
    }

    [Fact]
    public async Task An_owner_that_nobody_named_is_quarantined_and_takes_nothing_along()
    {
        await PostAsync("hubspot", "changes", "unknown-owner");
        await Host.SettleAsync();

        Assert.Equal(
            "door 'hubspot': account.csm ($.propertyValue): found '99', expected a mail address, or an id that the door's \"owners\" name",
            Assert.Single(await QuarantineAsync())
        );
        var facts = await FactsAsync();
        Assert.Equal(("amelie@nimbus.example", "pro"), (facts.Csm, facts.Plan));
    }

    [Fact]
    public async Task Salesforce_says_accounts_and_of_opportunities_the_renewals()
    {
        await PostAsync("salesforce", "renewal", "account");
        await Host.SettleAsync();

        var facts = await FactsAsync();
        Assert.Equal(("Acme Corp", "amelie@nimbus.example", 40), (facts.Name, facts.Csm, facts.Seats));
        Assert.Equal(new DateOnly(2026, 3, 20), DateOnly.FromDateTime(facts.RenewalAt!.Value.UtcDateTime));
        Assert.Empty(await QuarantineAsync());
    }

    [Fact]
    public async Task Zendesk_triggers_and_a_freshdesk_body_of_ones_own_are_tickets_too()
    {
        await GivenAnnAsync();

        await PostAsync("zendesk", "trigger-opened");
        await PostAsync("freshdesk", "own-body");
        await Host.SettleAsync();

        Assert.Equal(["32", "5200"], (await AccountAsync()).Tickets.All.Select(ticket => ticket.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_door_of_ones_own_maps_what_it_says_and_keeps_what_it_does_not_know()
    {
        await GivenAnnAsync();

        await PostAsync("orders", "batch");
        await DaysLaterAsync(2);

        var account = await AccountAsync();
        Assert.Equal(1, account.History.Total("Order Sent")?.Count);
        Assert.Contains("payment-failing", await CausesAsync());
        Assert.Equal(
            [
                "door 'orders': time ($.at): found 'yesterday', expected a moment: ISO 8601, seconds or milliseconds since 1970",
                "door 'orders': type ($.topic): found 'order.moved', expected one that door 'orders' takes (order.sent, order.unpaid) or ignores",
            ],
            (await QuarantineAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_services_tell_is_no_use_of_the_product()
    {
        await GivenAnnAsync();
        var before = await AccountAsync();
        Host.Clock.Advance(TimeSpan.FromDays(1));

        await PostAsync("delighted", "created");
        await PostAsync("stripe", "customer-created", "invoice-payment-failed");
        await Host.SettleAsync();

        var after = await AccountAsync();
        Assert.Equal(before.History.Buckets.Sum(day => day.Sessions), after.History.Buckets.Sum(day => day.Sessions));
        Assert.Equal(before.History.Buckets.Sum(day => day.People), after.History.Buckets.Sum(day => day.People));
        Assert.Equal(1, after.People);
        var people = (await Host.GetAsync("/api/accounts/acme")).GetProperty("people").EnumerateArray();
        Assert.Equal(["ann"], people.Select(person => person.GetProperty("id").GetString()));
    }
}
