using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;

namespace Signals.Core.Daily.Kept;

/// <summary>Forgets messages and alerts that are older than the model keeps them, with their copies and their places in lists.</summary>
public sealed class OldMessages(
    OutreachRows rows,
    OutreachLists lists,
    HelpRows cards,
    IKeptMail mails,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>Messages that one run forgets: the rest waits for the next day.</summary>
    private const int MostAtOnce = 20_000;

    private const int PageSize = 500;

    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        if (model.Keep.MessageDays is not { } days)
            return 0;
        int removed = 0;
        // Lists begin with the newest: a cursor of that moment leads to what is older.
        string after = StorageKey.TimeDescending(clock.GetUtcNow().AddDays(-days));
        var old = await lists
            .ReadAsync(null, after, PageSize, cancellationToken)
            .Take(MostAtOnce)
            .Select(entry => entry.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in old)
        {
            await mails.RemoveAsync(id.Value, cancellationToken);
            var stored = await rows.GetAsync(id, cancellationToken);
            if (stored is { Record: { Card: not null } record })
                await cards.ForgetAsync(new PersonKey(record.Person), record.Id, cancellationToken);
            if (stored is not null && await rows.RemoveAsync(stored, cancellationToken))
                removed++;
            else
            {
                await lists.ForgetAsync(id, cancellationToken);
                foreach (var segment in model.Segments)
                    await lists.ForgetAsync(segment.Id, id, cancellationToken);
            }
        }
        return removed;
    }
}
