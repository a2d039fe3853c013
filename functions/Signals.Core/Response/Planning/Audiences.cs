using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.ChampionLeft;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>Picks whom of an account's people a message is for, of those who have an address. Pure.</summary>
/// <param name="account">The account; its summary of people says who leads it.</param>
/// <param name="people">Those of them that were read: who leads it, in whom the cause was found, and some more.</param>
public sealed class Audiences(AccountContext account, IReadOnlyList<PersonState> people)
{
    /// <summary>Null when there is nobody to write to.</summary>
    public PersonState? Of(Audience audience, FoundCause cause)
    {
        // Who has left does not hear of it.
        var written = people
            .Where(person =>
                person.Email is not null && !HasLeft(person, account) && !(cause.Id == CauseIds.ChampionLeft && Concerns(cause, person))
            )
            .ToList();
        var leaders = account
            .People.Leaders.Select(leader => written.Find(person => person.Key.Value == leader.Person))
            .OfType<PersonState>()
            .ToList();
        var admin = leaders.Find(IsAdmin) ?? written.Find(IsAdmin);
        var champion = leaders.FirstOrDefault();
        var first = written
            .OrderBy(person => person.History.First ?? DateTimeOffset.MaxValue)
            .ThenBy(person => person.Key.Value, StringComparer.Ordinal)
            .FirstOrDefault();
        return audience switch
        {
            Audience.Admin => admin ?? champion ?? first,
            Audience.Champion => champion ?? admin ?? first,
            Audience.NextMostActive when cause.Id == CauseIds.ChampionLeft => leaders.Find(leader => IsThere(cause, leader)),
            Audience.NextMostActive => leaders.ElementAtOrDefault(1),
            _ => Concerned(cause, written) ?? admin ?? champion ?? first,
        };
    }

    /// <summary>True for somebody who was removed from the account, or whose address takes no mail any more.</summary>
    public static bool HasLeft(PersonState person, AccountContext account) =>
        HasLeft(new PersonContext(person, new UsageView(person.History, account.Model), account));

    /// <inheritdoc cref="HasLeft(PersonState, AccountContext)"/>
    public static bool HasLeft(PersonContext person) => Departures.Of(person)?.Sign is DepartureSign.Removed or DepartureSign.Bounced;

    /// <inheritdoc cref="Administrators.Is"/>
    public static bool IsAdmin(PersonState person) => Administrators.Is(person);

    /// <summary>
    /// The person it was found in, above all whoever tried the step or showed the intent; null when that is no one person.
    /// </summary>
    private PersonState? Concerned(FoundCause cause, List<PersonState> written)
    {
        if (cause.Id == CauseIds.NeedsChanged && MostRecent(written, account.Model.LeaveIntent) is { } leaving)
            return leaving;
        if (cause.Id == CauseIds.OnboardingStalled)
        {
            var step = account.Model.Onboarding.FirstOrDefault(step => step.Id == cause.Detail);
            return step is null
                ? null
                : written
                    .Where(person => Tries(person, step) > 0)
                    .OrderByDescending(IsAdmin)
                    .ThenByDescending(person => Tries(person, step))
                    .ThenBy(person => person.Key.Value, StringComparer.Ordinal)
                    .FirstOrDefault();
        }
        return written.Where(person => Concerns(cause, person)).OrderByDescending(person => Confidence(cause, person)).FirstOrDefault();
    }

    private PersonState? MostRecent(List<PersonState> written, IReadOnlyList<string> events) =>
        written
            .Select(person => (Person: person, Last: new UsageView(person.History, account.Model).LastOf(events)))
            .Where(item => item.Last is not null)
            .OrderByDescending(item => item.Last)
            .Select(item => item.Person)
            .FirstOrDefault();

    /// <summary>Who stopped on the same day as the champion takes nothing over.</summary>
    private bool IsThere(FoundCause cause, PersonState person) =>
        cause.People is not [var champion, ..] || ChampionLeftRule.IsThere(account, champion, person.Key.Value);

    private static bool Concerns(FoundCause cause, PersonState person) =>
        cause.People?.Contains(person.Key.Value) == true || Confidence(cause, person) > 0;

    private static double Confidence(FoundCause cause, PersonState person) =>
        person.Finding.Causes.FirstOrDefault(found => found.Cause == cause.Id && found.Detail == cause.Detail)?.Confidence ?? 0;

    private static long Tries(PersonState person, OnboardingStep step) =>
        step.Tried.Concat(step.Failed).Sum(name => person.History.Total(name)?.Count ?? 0);
}
