using Signals.Core.Intake.Events;
using Signals.Core.State.Identity;

namespace Signals.Core.Processing.Folding;

/// <summary>An event on its way into an account: with its queue message's position in the batch and the hash of its id.</summary>
public sealed record RoutedEvent(UsageEvent Event, int Message, ulong Id, PersonKey Person, AccountKey Account);

/// <summary>The events of one batch for one person of one account, in the order they came.</summary>
/// <param name="Person">Who they belong to.</param>
/// <param name="Events">The events; those of one id stand in one work.</param>
/// <param name="PartOf">All of the batch's events for the person, when a transaction does not hold what they change.</param>
public sealed record PersonWork(PersonKey Person, List<RoutedEvent> Events, PersonWork? PartOf = null);
