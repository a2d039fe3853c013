using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>Reads the signs that a person left or does something else now. Whoever got value after a sign is still there.</summary>
internal static class Departures
{
    /// <summary>Who takes another role still hands over for some days.</summary>
    private const int HandoverDays = 3;

    /// <summary>The surest sign, or null.</summary>
    public static Departure? Of(PersonContext context)
    {
        if (!context.Account.Account.Key.IsGroup)
            return null;
        int last = context.Usage.LastValueDay ?? int.MinValue;
        if (RemovedOn(context) is { } removed && removed >= last)
            return new Departure(DepartureSign.Removed, removed);
        if (BouncedOn(context.Person) is { } bounced && bounced >= last)
            return new Departure(DepartureSign.Bounced, bounced);
        return context.Person.Roles.Change is { } change && Days.Of(change.At) is var changed && changed + HandoverDays >= last
            ? new Departure(DepartureSign.RoleChanged, changed, change.From, change.To)
            : null;
    }

    /// <summary>By trait, or by events that tell of it.</summary>
    private static int? RemovedOn(PersonContext context)
    {
        var people = context.Model.People;
        int? byTrait =
            AccountFacts.Moment(context.Person.Profile[Traits.DeactivatedAt]) is { } moment && Days.Of(moment) <= context.Today
                ? Days.Of(moment)
                : null;
        int? byEvent =
            context.Usage.LastOf(people.Removed) is { } removed && !(context.Usage.LastOf(people.Added) > removed)
                ? Days.Of(removed)
                : null;
        return byEvent > byTrait ? byEvent : byTrait ?? byEvent;
    }

    private static int? BouncedOn(PersonState person) =>
        person.Profile.Fields.TryGetValue(PersonState.BouncedAddress, out var bounced) && Mailbox.AreSame(bounced.Value, person.Email)
            ? Days.Of(bounced.At)
            : null;
}
