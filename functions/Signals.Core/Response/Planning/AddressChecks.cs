using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>When somebody's old address is asked whether a new one, which only a browser named, is theirs.</summary>
public static class AddressChecks
{
    /// <summary>Whoever has a browser key can name an address a day: people are asked about one a month.</summary>
    private const int RestDays = 30;

    /// <summary>The address that waits and mail could be sent to; null for none.</summary>
    public static string? WaitingOf(PersonState person) =>
        BrowserWords.WaitingAddress(person.Profile) is { } word && Mailbox.Parse(word) is { IsPlain: true } mailbox
            ? mailbox.Address
            : null;

    /// <summary>What the question about an address is known by; null when there is none to ask about now.</summary>
    public static string? DueFor(PersonState person, DateTimeOffset now)
    {
        if (person.UserId is null || WaitingOf(person) is not { } address)
            return null;
        string detail = AddressTokens.HashOf(address);
        return person.Outreach.Exists(memory =>
            memory.Cause == OutreachTemplates.ConfirmAddress
            && (memory.Detail == detail || Days.Of(memory.PlannedAt) > Days.Of(now) - RestDays)
        )
            ? null
            : detail;
    }

    /// <summary>True while the address that a question is about is still the one that waits.</summary>
    public static bool StillWaits(PersonState person, string? detail) =>
        WaitingOf(person) is { } address && AddressTokens.HashOf(address) == detail;
}
