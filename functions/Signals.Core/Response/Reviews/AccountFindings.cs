using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Planning;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>What was found in an account as a whole, and which people could be written to about it. Pure.</summary>
/// <param name="People">What was found in its people.</param>
/// <param name="Review">The review with its assessment.</param>
/// <param name="Writable">The causes of the account as a whole that may be written about now, what comes first before the others.</param>
/// <param name="Known">The people that were read so far: those looked at as they will be, and those quoted.</param>
public sealed record AccountFindings(
    PeopleFindings People,
    AccountReview Review,
    IReadOnlyList<FoundCause> Writable,
    IReadOnlyDictionary<string, PersonState> Known
)
{
    private const int LeadersToWrite = 5;

    /// <summary>People who waited behind what blocked their account that are looked at when it is gone.</summary>
    private const int WaitingToWrite = 20;

    /// <summary>The account with the summary of its people.</summary>
    public AccountContext Whole => People.Scope.Context with { People = Review.People };

    public DateTimeOffset Now => People.Scope.Input.Now;

    /// <summary>What blocks the account.</summary>
    public Blocks Blocks { get; } =
        Planning.Blocks.Of(People.Scope.Input.Account.Key, Review, People.Scope.Context.Model, People.Scope.Context.Usage);

    /// <summary>True when what blocked the account does so no more: whoever waited behind it may be written to.</summary>
    public bool IsUnblocked =>
        Blocks.IsEmpty && !Planning.Blocks.Of(People.Scope.Input.Account.Key, People.Scope.Before, People.Scope.Context.Model).IsEmpty;

    /// <summary>
    /// The people that a message could be for: those with most value, most first, and those the causes were found in; the own person of a
    /// personal account.
    /// </summary>
    public IReadOnlyList<string> Candidates
    {
        get
        {
            if (!People.Scope.IsGroup)
                return People.Scope.Input.OwnPerson is { } own ? [own.Key.Value] : [];
            var found = Writable.SelectMany(cause => cause.People ?? [.. TellingOf(cause).Take(FoundCause.MaxPeople)]);
            var leaders = Review.People.Leaders.Take(LeadersToWrite).Select(leader => leader.Person);
            // A follow-up is for whoever had the first message.
            var told = People.Scope.Input.Account.Outreach.Where(memory => Writable.Any(cause => cause.Id == memory.Cause));
            var waiting = IsUnblocked ? Review.People.Telling.Take(WaitingToWrite).Select(entry => entry.Person) : [];
            return [.. leaders.Concat(found).Concat(told.Select(memory => memory.Person)).Concat(waiting).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>True when a message may be for whoever administers the account.</summary>
    public bool MayNeedAdmin => Writable.Any(cause => Whole.Model.PlaybookFor(cause.Id).To is Audience.Admin or Audience.Person);

    private IEnumerable<string> TellingOf(FoundCause cause) =>
        Review.People.Telling.Where(entry => entry.Cause == cause.Id && entry.Detail == cause.Detail).Select(entry => entry.Person);
}
