using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Letters;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Letters;

public sealed class LetterBoxTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly RecordingEmailSender _mail;
    private readonly LetterBox _box;

    public LetterBoxTests()
    {
        _mail = new RecordingEmailSender(_clock);
        var post = new LetterPost(_mail, new PlainRenderer(), StoryModels.OfGroups, SandboxRecipient.None, _clock);
        _box = new LetterBox(new InMemoryEntityStore(), post, _clock, NullLogger<LetterBox>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_cannot_be_sent_keeps_no_other_from_leaving()
    {
        _mail.BeforeLeaving = mail =>
        {
            if (mail.To.Address == "ann@nimbus.example")
                throw new TransientStoreException("the store is busy");
        };
        await PutAsync("ann@nimbus.example");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await PutAsync("bob@nimbus.example");

        Assert.Equal(1, await SweepAsync(LetterBox.Wait));

        Assert.Equal("bob@nimbus.example", Assert.Single(_mail.Left).To);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task One_of_unknown_fate_goes_again_where_it_cannot_arrive_twice(bool idempotent, int left)
    {
        _mail.IsIdempotent = idempotent;
        _mail.Answers = _ => new SendOutcome(SendStatus.Unknown);
        await PutAsync("ann@nimbus.example");
        Assert.Equal(0, await SweepAsync(LetterBox.Wait));

        _mail.Answers = _ => new SendOutcome(SendStatus.Accepted);

        Assert.Equal(left, await SweepAsync(TimeSpan.FromMinutes(15)));
        Assert.Single(_mail.Left);
    }

    private Task<string> PutAsync(string to) =>
        _box.PutAsync(
            new TeamLetter(to, "en", new MessageLetter("Subject", ["Line"], "", "Open", "https://app.example", "", "Why")),
            Cancel
        );

    private Task<int> SweepAsync(TimeSpan after)
    {
        _clock.Advance(after + TimeSpan.FromSeconds(1));
        return _box.SendDueAsync(Cancel);
    }
}
