using System.Net;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Web.Tests.Webhooks;

public sealed class SendGridWebhookTests : SendGridPosts
{
    [Theory]
    [InlineData("processed", null, OutreachState.Sent, false)]
    [InlineData("delivered", null, OutreachState.Delivered, false)]
    [InlineData("bounce", "bounce", OutreachState.Bounced, true)]
    [InlineData("bounce", "blocked", OutreachState.Bounced, false)]
    [InlineData("dropped", null, OutreachState.Failed, false)]
    [InlineData("spamreport", null, OutreachState.Delivered, true)]
    [InlineData("unsubscribe", null, OutreachState.Delivered, true)]
    [InlineData("open", null, OutreachState.Sent, false)]
    [InlineData("click", null, OutreachState.Sent, false)]
    public async Task An_event_tells_the_outreach_and_the_recipient(string name, string? type, OutreachState state, bool suppressed)
    {
        var sent = await GivenSentAsync();

        var status = await PostAsync(Event(sent, name, type));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(state, (await RecordAsync(sent)).State);
        Assert.Equal(suppressed, await IsSuppressedAsync(sent, null));
    }

    [Theory]
    [InlineData("Unsubscribed Address", "provider")]
    [InlineData("Spam Reporting Address", "spam-report")]
    [InlineData("Bounced Address", "bounce")]
    [InlineData("bounced address", "bounce")]
    [InlineData("Invalid", "bounce")]
    [InlineData("Invalid SMTPAPI header", null)]
    [InlineData("Spam Content (if Spam Checker app is enabled)", null)]
    [InlineData("Recipient List over Package Quota", null)]
    [InlineData("", null)]
    public async Task A_drop_that_is_about_the_address_silences_it(string reason, string? source)
    {
        var sent = await GivenSentAsync();

        await PostAsync(
            new
            {
                email = sent.To,
                @event = "dropped",
                timestamp = Now + 5,
                reason,
                signals_outreach = sent.Id,
            }
        );

        Assert.Equal(OutreachState.Failed, (await RecordAsync(sent)).State);
        Assert.Equal(source is null ? null : $"{source}:{sent.Id}", await SuppressedByAsync(sent.To));
    }

    [Theory]
    [InlineData("bounce", "bounce", "bounce:")]
    [InlineData("bounce", null, "bounce:")]
    [InlineData("dropped", null, "bounce:")]
    [InlineData("spamreport", null, "spam-report:")]
    [InlineData("unsubscribe", null, "provider:")]
    [InlineData("bounce", "blocked", null)]
    [InlineData("group_unsubscribe", null, "provider:")]
    [InlineData("delivered", null, null)]
    [InlineData("processed", null, null)]
    public async Task An_event_that_names_no_message_is_believed_by_its_address(string name, string? type, string? source)
    {
        var sent = await GivenSentAsync();

        var status = await PostAsync(
            new
            {
                email = sent.To.ToUpperInvariant(),
                @event = name,
                type,
                timestamp = Now + 5,
                reason = "Bounced Address",
            }
        );

        Assert.Equal(HttpStatusCode.NoContent, status);
        // By the last message sent there, so that an export can name the address.
        Assert.Equal(source is null ? null : source + sent.Id, await SuppressedByAsync(sent.To));
        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task A_group_unsubscribe_that_names_no_message_is_of_the_last_ones_topic_or_of_all()
    {
        var sent = await GivenSentAsync();

        foreach (string email in (string[])[sent.To, "stranger@customer.example"])
        {
            await PostAsync(
                new
                {
                    email,
                    @event = "group_unsubscribe",
                    timestamp = Now + 5,
                }
            );
        }

        Assert.True(await IsSuppressedAsync(sent, sent.Cause));
        Assert.False(await IsSuppressedAsync(sent, null));
        Assert.Equal("provider:", await SuppressedByAsync("stranger@customer.example"));
    }

    [Fact]
    public async Task A_bounce_that_names_no_message_is_noted_at_the_person_last_written_to()
    {
        var sent = await GivenSentAsync();

        await PostAsync(
            new
            {
                email = sent.To,
                @event = "bounce",
                type = "bounce",
                timestamp = Now + 5,
            }
        );

        var person = await new AccountRows(Host.Store).GetPersonAsync(
            new AccountKey(sent.Account),
            new PersonKey(sent.Person),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(sent.To, person!.Profile[PersonState.BouncedAddress]);
    }

    [Fact]
    public async Task A_group_unsubscribe_silences_the_topic_alone()
    {
        var sent = await GivenSentAsync();

        await PostAsync(Event(sent, "group_unsubscribe"));

        Assert.True(await IsSuppressedAsync(sent, sent.Cause));
        Assert.False(await IsSuppressedAsync(sent, null));
    }

    [Fact]
    public async Task A_message_of_unknown_outcome_is_settled_by_what_the_provider_says()
    {
        var sent = await GivenSentAsync();
        await GivenStateAsync(sent, OutreachState.Uncertain);

        await PostAsync(Event(sent, "processed"));

        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task A_message_that_seemed_not_to_leave_and_was_delivered_is_not_sent_again()
    {
        var sent = await GivenSentAsync();
        await GivenStateAsync(sent, OutreachState.Planned);
        await PostAsync(Event(sent, "delivered"));

        await Host.Queue.SendAsync(
            Core.Platform.Messaging.QueueNames.Outreach,
            [new OutreachId(sent.Id).ToMessage()],
            TestContext.Current.CancellationToken
        );
        await Host.WorkAsync();

        Assert.Equal(OutreachState.Delivered, (await RecordAsync(sent)).State);
    }

    [Fact]
    public async Task Events_in_any_order_end_in_what_happened_last()
    {
        var sent = await GivenSentAsync();

        await PostAsync(Event(sent, "bounce", "bounce", after: 40));
        await PostAsync(Event(sent, "delivered", after: 20));
        await PostAsync(Event(sent, "processed", after: 60));

        var record = await RecordAsync(sent);
        Assert.Equal((OutreachState.Bounced, "mailbox unavailable"), (record.State, record.Reason));
    }

    [Fact]
    public async Task Events_of_other_apps_and_odd_ones_are_passed_over()
    {
        var sent = await GivenSentAsync();

        var status = await PostAsync(
            new
            {
                email = "x@y.example",
                @event = "delivered",
                timestamp = Now,
            },
            new
            {
                email = "x@y.example",
                @event = "delivered",
                timestamp = Now,
                signals_outreach = "no such id",
            },
            new
            {
                email = "x@y.example",
                @event = "delivered",
                timestamp = "soon",
                signals_outreach = sent.Id,
            },
            new
            {
                email = "x@y.example",
                @event = 7,
                timestamp = Now,
                signals_outreach = sent.Id,
            }
        );

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(OutreachState.Sent, (await RecordAsync(sent)).State);
    }
}
