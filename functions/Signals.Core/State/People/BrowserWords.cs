using System.Collections.Frozen;

namespace Signals.Core.State.People;

/// <summary>
/// What is believed of traits that came with a public key, which anybody may have sent about anybody. What decides who reads about an
/// account, what is paid and who may do what is a server's to say; what is printed or written to holds until a server says otherwise.
/// </summary>
/// <remarks>
/// A browser's word that a server's outranks is kept beside it under a name of its own, so that the order in which the two arrive does not
/// matter, and a server that falls silent about a trait does not hand it over.
/// </remarks>
public static class BrowserWords
{
    private static readonly HashSet<string> ServerOnly = new(StringComparer.Ordinal)
    {
        Traits.Csm,
        Traits.Plan,
        Traits.Price,
        Traits.Mrr,
        Traits.Seats,
        Traits.Strategic,
        Traits.Stage,
        Traits.RenewalAt,
        Traits.TrialEndsAt,
        Traits.Role,
        Traits.DeactivatedAt,
    };

    /// <summary>Traits whose word from a browser waits behind a server's.</summary>
    private static readonly HashSet<string> Waiting = new(StringComparer.Ordinal)
    {
        Traits.Email,
        Traits.Name,
        Traits.FirstName,
        Traits.FirstNameUnderscored,
        Traits.Goal,
        Traits.CreatedAt,
        Traits.Unsubscribed,
    };

    /// <summary>The names that the words which wait are kept under.</summary>
    private static readonly FrozenDictionary<string, string> Names = Profile.Known.ToFrozenDictionary(
        trait => trait,
        trait => "?" + trait,
        StringComparer.Ordinal
    );

    /// <summary>Under which name a browser's word is kept; null where a browser has no say.</summary>
    /// <param name="trait">What it speaks of.</param>
    /// <param name="value">What it says.</param>
    /// <param name="tellsCustomers">True when the model tells by this trait who is no customer: then it waits too.</param>
    public static string? KeptAs(string trait, string? value, bool tellsCustomers)
    {
        if (ServerOnly.Contains(trait))
            return null;
        // Anybody may stop mail, and be it another's; only a server, or the page behind a mail's link, starts it again.
        if (trait == Traits.Unsubscribed && IsTrue(value))
            return trait;
        return tellsCustomers || Waiting.Contains(trait) ? WaitingName(trait) : trait;
    }

    /// <summary>What a browser's word of a trait is kept under while it waits.</summary>
    internal static string WaitingName(string trait) => Names.GetValueOrDefault(trait) ?? "?" + trait;

    /// <summary>
    /// The address that a browser named while a server had told another: it is written to once a server says it too. Or null.
    /// </summary>
    public static string? WaitingAddress(Profile profile) =>
        profile.Fields.TryGetValue(WaitingName(Traits.Email), out var word)
        && word.Value is { Length: > 0 } address
        && profile.Told(Traits.Email) is { } told
        && !string.Equals(address, told, StringComparison.OrdinalIgnoreCase)
            ? address
            : null;

    private static bool IsTrue(string? value) => value?.ToLowerInvariant() is "true" or "yes" or "1";
}
