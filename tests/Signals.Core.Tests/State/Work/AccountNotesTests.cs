using Signals.Core.Platform.Time;
using Signals.Core.State.Identity;
using Signals.Core.State.Work;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Work;

public sealed class AccountNotesTests
{
    [Fact]
    public async Task Of_more_notes_than_anybody_reads_the_oldest_goes()
    {
        var cancel = TestContext.Current.CancellationToken;
        var clock = new VirtualClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var notes = new AccountNotes(new InMemoryEntityStore(), clock);
        var acme = AccountKey.Group("acme");
        for (int i = 0; i <= AccountNotes.MaxNotes; i++)
        {
            await notes.AddAsync(acme, "ann", $"note {i}", null, [], cancel);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var kept = await notes.ReadAsync(acme, null, 2 * AccountNotes.MaxNotes, cancel);

        Assert.Equal(AccountNotes.MaxNotes, kept.Count);
        Assert.Equal(("note 500", "note 1"), (kept[0].Text, kept[^1].Text));
    }
}
