using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Reviews;

/// <summary>What was found in the people that a review looked at. Pure.</summary>
/// <param name="Scope">The review.</param>
/// <param name="Review">The review so far: its summary of people is up to date.</param>
/// <param name="Looks">One for each person, in the order they were looked at.</param>
/// <param name="DueRemoved">Rows of the due index that go.</param>
/// <param name="More">Whether more people wait.</param>
public sealed record PeopleFindings(
    ReviewScope Scope,
    AccountReview Review,
    IReadOnlyList<PersonLook> Looks,
    IReadOnlySet<(int Day, PersonKey Person)> DueRemoved,
    bool More
)
{
    /// <summary>
    /// True when the account can be assessed. After a pass over a group, the people that became due meanwhile come first; and when too many
    /// of those who speak for the causes recovered, the others must be found again.
    /// </summary>
    public bool AreComplete => !More && !(Scope.IsPass && Scope.IsGroup) && !Review.People.IsWorn();

    /// <summary>True when messages to some of them wait for the account's events to settle.</summary>
    public bool Waits => Review.Waiting.Count > 0 || Looks.Any(look => look.Waits);

    /// <summary>What the people are written.</summary>
    public IReadOnlyList<OutreachRecord> Messages => [.. Looks.Select(look => look.Message).OfType<OutreachRecord>()];

    /// <summary>When those of a group who were looked at are looked at again; the person of an own account needs no index.</summary>
    public IEnumerable<(int Day, PersonKey Person)> DueAdded =>
        Looks.Where(look => Scope.IsGroup && look.After.DueDay is not null).Select(look => (look.After.DueDay!.Value, look.After.Key));

    /// <summary>
    /// The people of the evidence that were not looked at: the most telling of each cause, who is quoted, and who is named.
    /// </summary>
    public IReadOnlyList<string> Quoted =>
        [
            .. Review
                .People.Telling.GroupBy(entry => CauseCatalogue.TopicOf(entry.Cause, entry.Detail))
                .Select(cause => cause.First().Person)
                .Concat(AccountAssessor.Named(Scope.Context, Review.People))
                .Distinct(StringComparer.Ordinal)
                .Where(person => Looks.All(look => look.After.Key.Value != person)),
        ];
}
