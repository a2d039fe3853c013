using Signals.Core.Platform.Storage;

namespace Signals.Core.State.People;

/// <summary>What the team calls a person: their name, else their address, else their id.</summary>
public static class PersonName
{
    /// <summary>A shorter name is a word like others, which an erasure could not find within a text.</summary>
    public const int LeastChars = 4;

    /// <summary>A longer one would be cut where it is shown, and not be found again either.</summary>
    private const int MostChars = 80;

    public static string Of(PersonState person) =>
        Told(person.Profile) ?? person.Email ?? person.UserId ?? StorageKey.Decode(person.Key.ProvisionalId);

    /// <summary>What people are called, by their keys.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<PersonState> people) =>
        people.ToDictionary(person => person.Key.Value, Of, StringComparer.Ordinal);

    /// <summary>The name that they were told to have, on one line; null where there is none that can be shown.</summary>
    public static string? Told(Profile profile) => Told(profile[Traits.Name]);

    /// <inheritdoc cref="Told(Profile)"/>
    public static string? Told(string? trait) =>
        trait?.Trim() is { Length: >= LeastChars and <= MostChars } name && !name.Any(char.IsControl) && name.Any(char.IsLetter)
            ? name
            : null;
}
