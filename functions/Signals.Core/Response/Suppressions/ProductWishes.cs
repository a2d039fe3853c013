using Signals.Core.Model;
using Signals.Core.State.People;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Brings what the product says of a person to their address, as it is folded: the same address may be another account's person, or another
/// person, and gets no mail there either.
/// </summary>
public sealed class ProductWishes(Recipients recipients, RecipientKey key, ValueModel model)
{
    /// <summary>
    /// Durable when it returns; doing it again changes nothing. To be called before the person is stored, so that a crash in between makes
    /// it come again.
    /// </summary>
    public async Task NoteAsync(PersonState person, CancellationToken cancellationToken)
    {
        person.HasNewWish = false;
        if (person.Profile[Traits.Email] is not { } address)
            return;
        var wishes = ProductWish.Of(person, model.OptOut).ToList();
        if (wishes.Count > 0)
            await recipients.NoteAsync(key.Of(address), person.Key, wishes, cancellationToken);
    }
}
