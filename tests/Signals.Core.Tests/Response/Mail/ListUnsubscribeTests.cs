using Signals.Core.Response.Mail;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Mail;

public sealed class ListUnsubscribeTests
{
    [Theory]
    [InlineData(null, @"^<https://signals\.example/u/[^>]+\?lang=en>$")]
    [InlineData(
        "stop@nimbus.example",
        @"^<https://signals\.example/u/[^>]+\?lang=en>, <mailto:stop@nimbus\.example\?subject=unsubscribe>$"
    )]
    public async Task A_mailbox_gets_the_link_and_the_inbox_where_there_is_one(string? inbox, string expected)
    {
        var model = StoryModels.OfPeople;
        var world = await SignalsWorld.WithAsync(model with { Outreach = model.Outreach with { UnsubscribeTo = inbox } });
        world.Given("ann").HasEmail().Browses().On(0, 2, 4, 6);
        await world.AdvanceToAsync(day: 8);

        EmailMessage mail = Assert.Single(world.Mail.Left, left => left.To == "ann@example.com").Mail;
        Assert.Matches(expected, mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
    }
}
