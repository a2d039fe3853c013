using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes.SupportUnhappy;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>When time alone makes an account worth another review. Pure.</summary>
/// <param name="At">The moment; null when time alone never does.</param>
/// <param name="NextWake">The earliest wake-up that stands for the account then; null for none.</param>
/// <param name="WakeAt">When a wake-up must be written for; null when one stands already, or none is needed.</param>
internal sealed record NextReview(DateTimeOffset? At, DateTimeOffset? NextWake, DateTimeOffset? WakeAt)
{
    /// <summary>Reviews of a day are spread over its first hours.</summary>
    private const int MinutesOfSpread = 240;

    /// <param name="people">What was found in the people.</param>
    /// <param name="review">The review with its assessment.</param>
    /// <param name="turn">When a follow-up is due, or a person takes over; null for neither.</param>
    public static NextReview After(PeopleFindings people, AccountReview review, DateTimeOffset? turn)
    {
        var (now, account) = (people.Scope.Input.Now, people.Scope.Input.Account);
        var at = AtOf(people, review) is { } due && !(turn <= due) ? due : turn;
        bool stands = account.NextWake > now && account.NextWake <= at;
        if (at is { } wake && !stands)
            return new NextReview(at, wake, wake);
        bool isSpent = at is null && account.NextWake <= now;
        return new NextReview(at, isSpent ? null : account.NextWake, null);
    }

    private static DateTimeOffset? AtOf(PeopleFindings people, AccountReview review)
    {
        var input = people.Scope.Input;
        int? nextPerson = NextPerson(people);
        int? next =
            AccountAssessor.NextChange(people.Scope.Context, day => PeopleOn(day, people, review), review.Assessment, before: nextPerson)
            ?? nextPerson;
        DateTimeOffset? at = next switch
        {
            null => null,
            { } day when day <= input.Today => input.Now,
            { } day => Days.Start(day).AddMinutes(MessageHash.Of(input.Account.Key.Value) % MinutesOfSpread),
        };
        // What waits for events to settle is planned when they have.
        if (review.WaitsSince is { } since && input.SettledAfter(since) is { } settled && !(at <= settled))
            at = settled;
        // A ticket is late from its hour on.
        if (SupportUnhappyRule.NextLate(people.Scope.Context, input.Now) is { } late && !(at <= late))
            at = late;
        // What was not planned because of a hold is planned when it ends.
        return input.Account.Hold is { } hold && hold.StandsAt(input.Now) && !(at <= hold.Until) ? hold.Until : at;
    }

    /// <summary>The first day on which one of the people is due.</summary>
    private static int? NextPerson(PeopleFindings people)
    {
        if (!people.Scope.IsGroup)
            return OwnPerson(people)?.DueDay;
        int? waiting = people.Scope.Input.Due.Where(due => !people.DueRemoved.Contains(due)).Select(due => (int?)due.Day).FirstOrDefault();
        return people.DueAdded.Select(due => (int?)due.Day).Append(waiting).Min();
    }

    /// <summary>
    /// The people as they will be found on a day to come. An own account's one person is read anew; a group's people are known up to the
    /// day on which the first of them is due.
    /// </summary>
    private static PeopleSummary PeopleOn(int day, PeopleFindings people, AccountReview review)
    {
        if (people.Scope.IsGroup || OwnPerson(people) is not { } own)
            return review.People;
        var scope = people.Scope;
        var then = scope.ContextOf(own) with { Account = scope.Context with { Today = day } };
        return PeopleSummary.None.With(own.Key.Value, PersonFinding.None, PersonAssessor.Assess(then).Finding);
    }

    private static PersonState? OwnPerson(PeopleFindings people) =>
        people.Looks.Count > 0 ? people.Looks[0].After : people.Scope.Input.OwnPerson;
}
