using Signals.Core.Model;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Sending;

/// <summary>Addresses as products write them into traits: mail goes to the mailbox they name, and what names none is told.</summary>
public sealed class WrittenAddressTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople.WithSetUp();

    [Theory]
    [InlineData(" ann@customer.example ", "ann@customer.example")]
    [InlineData("Ann <ann@customer.example>", "ann@customer.example")]
    [InlineData("mailto:ann@customer.example", "ann@customer.example")]
    [InlineData("Ann.L@Customer.example.", "Ann.L@customer.example")]
    [InlineData("ann @customer.example", "ann@customer.example")]
    [InlineData("ann\u200b@bücher.example", "ann@xn--bcher-kva.example")]
    public async Task Mail_goes_to_the_mailbox_that_was_meant(string trait, string to)
    {
        var world = await TroubledAsync(trait);

        await world.AdvanceToAsync(day: 5);

        Assert.Equal(OutreachState.Sent, Assert.Single(await world.MessagesAsync("ann")).State);
        string left = Assert.Single(world.Mail.Left, mail => mail.Mail.Headers.ContainsKey("List-Unsubscribe")).To;
        Assert.Equal(to, left);
        Assert.Equal(to, MailHeader.Ascii(left));
    }

    [Theory]
    [InlineData("ann lee@customer.example", "a space inside: \"ann lee@customer.example\"")]
    [InlineData("ann@a.example, bob@b.example", "two addresses, or two @: \"ann@a.example, bob@b.example\"")]
    [InlineData("jörg@customer.example", "letters before the @ that need SMTPUTF8: \"jörg@customer.example\"")]
    [InlineData("用户@customer.example", "letters before the @ that need SMTPUTF8: \"用户@customer.example\"")]
    [InlineData("a..b@customer.example", "dots before the @ that few mail servers take: \"a..b@customer.example\"")]
    [InlineData("n/a", "no @: \"n/a\"")]
    public async Task What_names_no_mailbox_is_told_and_not_tried(string trait, string problem)
    {
        var world = await TroubledAsync(trait);

        await world.AdvanceToAsync(day: 5);

        Assert.Empty(await world.MessagesAsync("ann"));
        var ann = await world.PersonAsync("ann", "ann");
        Assert.Equal((null, problem), (ann!.Email, ann.EmailProblem));
    }

    [Theory]
    [InlineData("ann@bücher.example", "ANN@xn--bcher-kva.example")]
    [InlineData("ann@xn--bcher-kva.example", "ann@Bücher.example.")]
    [InlineData("Ann <ann@customer.example>", "ann@customer.example")]
    [InlineData("ann@customer.example", "\"Ann\" <ANN@customer.example>")]
    public async Task Who_said_no_in_another_spelling_gets_nothing(string trait, string refused)
    {
        var world = await TroubledAsync(trait);
        await world
            .Get<ISuppressions>()
            .UnsubscribeAsync(world.RecipientKey.Of(refused), null, "test", world.At(0), TestContext.Current.CancellationToken);

        await world.AdvanceToAsync(day: 5);

        Assert.Equal(OutreachState.Suppressed, Assert.Single(await world.MessagesAsync("ann")).State);
    }

    private static async Task<SignalsWorld> TroubledAsync(string email)
    {
        var world = await SignalsWorld.WithAsync(Model);
        world.Given("ann").HasEmail(email).Tracks("Import Failed").Times(2).On(0);
        return world;
    }
}
