using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Segments;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>
/// Decides what follows from a look at an account: state, model, norms and the moment in, a decision out. Pure: nothing that it is given
/// changes, and asked the same again it answers the same.
/// </summary>
/// <remarks>
/// Whom else to read shows on the way, so the decision is made in steps, each from the one before and the people that it names:
/// <see cref="Begin"/> says whom to look at, <see cref="LookAt"/> what was found in them, <see cref="Assess"/> what in the account, and
/// <see cref="Decide"/> what follows. <see cref="Withdraw"/>, <see cref="Confirm"/> and <see cref="Pause"/> are the decisions that end
/// earlier.
/// </remarks>
public sealed class ReviewDecider(ValueModel model, OutreachPlanner planner, AlertRules alerts)
{
    /// <summary>True for accounts that are reviewed; others are withdrawn.</summary>
    public bool Covers(ReviewInput input) => ReviewScope.Covers(input, model);

    /// <summary>Whom to look at.</summary>
    public ReviewScope Begin(ReviewInput input) => ReviewScope.Of(input, model);

    /// <summary>The decision about an account that is not reviewed any more: empty when nothing shows that it was.</summary>
    public static ReviewDecision Withdraw(ReviewInput input) =>
        new(ReviewOutcome.Withdrawn)
        {
            Account = input.Account.Review is { } review
                ? new AccountChange(review, input.Account.Changed, input.Account.NextWake, [])
                : null,
            Alert = input.Alert is { Alert: { Stands: true } alert }
                ? AlertLists.Listed(AlertRules.Ended(alert, AlertReasons.Gone, input.Now), alert)
                : null,
        };

    /// <summary>
    /// The decision when the last review still holds and nobody is due: empty, unless the wake-up that it counts on has passed. That one
    /// brought us here and stands for no other any more, so another is asked for in its place.
    /// </summary>
    public static ReviewDecision Confirm(ReviewScope scope)
    {
        bool isSpent = scope.Input.Account.NextWake <= scope.Input.Now;
        var next = scope.Before.NextReviewAt;
        return !isSpent
            ? ReviewDecision.Nothing
            : new ReviewDecision(ReviewOutcome.StillHolds)
            {
                Account = new AccountChange(scope.Before, Changed: false, next, []),
                WakeAt = next,
            };
    }

    /// <summary>Looks at people: what holds each of them back, when to look again, and what they are written.</summary>
    public PeopleFindings LookAt(ReviewScope scope, PeopleRead read)
    {
        var looks = new List<PersonLook>();
        int asked = SurveyRules.AskedOf(scope.Input.Account, scope.Input.Now);
        foreach (var person in read.People)
        {
            looks.Add(LookAtPerson(scope, person, asked));
            asked += looks[^1].Message?.Cause == OutreachTemplates.Survey ? 1 : 0;
        }
        var summary = looks.Aggregate(
            scope.Review.People,
            (people, look) => people.With(look.After.Key.Value, look.Before, look.Assessment.Finding)
        );
        var passed = read
            .People.Where(person =>
                scope.IsGroup && (person.DueDay <= scope.Input.Today || (scope.LooksAtWaiting && person.DueDay is not null))
            )
            .Select(person => (person.DueDay!.Value, person.Key));
        var review = scope.Review with { People = summary, Waiting = WaitingAfter(scope, looks) };
        return new PeopleFindings(
            scope,
            scope.IsPass ? PassOn(review, read, scope.Input.Norms.Version) : review,
            looks,
            read.DueRows.Concat(passed).ToHashSet(),
            read.More
        );
    }

    /// <summary>The decision while more people are to be looked at: until they were, the last assessment does not hold.</summary>
    public static ReviewDecision Pause(PeopleFindings people) =>
        DecisionOf(ReviewOutcome.MoreToLookAt, people) with
        {
            Account = new AccountChange(
                people.Review,
                people.Scope.IsPass || people.Scope.Input.Account.Changed,
                people.Scope.Input.Account.NextWake,
                [.. OutreachPlan.Asked(people.Messages)]
            ),
            Planned = people.Messages,
        };

    /// <summary>Assesses the account as a whole.</summary>
    /// <param name="people">What was found in its people, all of them: see <see cref="PeopleFindings.AreComplete"/>.</param>
    /// <param name="quoted">Those of <see cref="PeopleFindings.Quoted"/> that there are.</param>
    public AccountFindings Assess(PeopleFindings people, IReadOnlyList<PersonState> quoted)
    {
        var scope = people.Scope;
        var details = people.Looks.ToDictionary(look => look.After.Key.Value, look => look.Assessment, StringComparer.Ordinal);
        foreach (var person in quoted)
            details[person.Key.Value] = PersonAssessor.Assess(scope.ContextOf(person));
        var known = people.Looks.Select(look => look.After).Concat(quoted).ToDictionary(person => person.Key.Value, StringComparer.Ordinal);
        if (scope.Input.OwnPerson is { } own)
            known.TryAdd(own.Key.Value, own);
        var context = scope.Context with { Names = PersonName.Of(known.Values) };
        var assessment = AccountAssessor.Assess(context, people.Review.People, details, scope.Before.Assessment.Risk.Level);
        var review = Reviewed(scope, people.Review, assessment);
        return new AccountFindings(people, review, Writable(scope, review), known);
    }

    /// <summary>Decides what is written about the account, what becomes of its alert, and when to look again.</summary>
    /// <param name="found">The account's assessment.</param>
    /// <param name="audience">Those of <see cref="AccountFindings.Candidates"/> that there are, and more where none suits.</param>
    public ReviewDecision Decide(AccountFindings found, IReadOnlyList<PersonState> audience)
    {
        var scope = found.People.Scope;
        var plan = OutreachPlan.Of(found, audience, planner);
        bool waits = found.People.Waits || (!scope.Input.IsSettled && plan.Messages.Count > 0);
        var waiting = WaitingWith(found, plan);
        if (!scope.Input.IsSettled)
            plan = plan.WithoutMessages();
        var waitsSince = waits ? scope.Input.WaitsSince ?? scope.Input.Now : (DateTimeOffset?)null;
        var turn = planner.NextTurn(found.Whole, found.Review.Assessment.Causes, found.Review.People, plan.Told, scope.Input.Now);
        var next = NextReview.After(found.People, found.Review with { WaitsSince = waitsSince }, turn);
        // From now on the alert's own row says what was told.
        var review = found.Review with
        {
            NextReviewAt = next.At,
            WaitsSince = waitsSince,
            Waiting = waiting,
            AlertedLevel = RiskLevel.Healthy,
        };
        var decision = DecisionOf(ReviewOutcome.Reviewed, found.People);
        return decision with
        {
            Account = new AccountChange(review, Changed: false, next.NextWake, plan.Remembered),
            People = [.. decision.People.Where(person => plan.Written.All(written => written.Key != person.Key)), .. plan.Written],
            Planned = plan.Messages,
            Alert = AlertAfter(scope, found.Review),
            WakeAt = next.WakeAt,
        };
    }

    /// <param name="scope">The review.</param>
    /// <param name="person">Whom to look at.</param>
    /// <param name="asked">How many of the account's people were asked something within a quarter, those just looked at among them.</param>
    private PersonLook LookAtPerson(ReviewScope scope, PersonState person, int asked)
    {
        var context = scope.ContextOf(person);
        var assessment = PersonAssessor.Assess(context);
        // What blocks the account now is known only later: what should not have been written then goes.
        var blocks = Blocks.Of(scope.Input.Account.Key, scope.Before, model, scope.Context.Usage);
        var wanted =
            planner.ForPerson(context, assessment, blocks, scope.Input.Now)
            ?? planner.ForNewAddress(context, scope.Input.Now)
            ?? planner.ForSurvey(context, assessment, blocks, asked, scope.Input.Now);
        var message = scope.Input.IsSettled ? wanted : null;
        var after = person.Copy();
        after.Finding = assessment.Finding;
        after.DueDay = PersonAssessor.NextChange(context, assessment.Finding);
        if (message is not null)
            after.Remember(OutreachPlanner.Memory(message));
        if (planner.NextChance(context with { Person = after }, assessment, scope.Input.Now) is { } chance && !(after.DueDay <= chance))
            after.DueDay = chance;
        bool waits = wanted is not null && message is null;
        if (waits && scope.IsGroup && !(after.DueDay <= scope.Input.Today + 1))
            after.DueDay = scope.Input.Today + 1;
        // A pass begins with an empty summary, so what an earlier model found in a person is not in it.
        return new PersonLook(scope.Review.Pass is null ? person.Finding : PersonFinding.None, after, assessment, message, waits);
    }

    private static IReadOnlyList<string> WaitingAfter(ReviewScope scope, IReadOnlyList<PersonLook> looks) =>
        scope.IsGroup
            ?
            [
                .. (scope.LooksAtWaiting ? [] : scope.Before.Waiting)
                    .Except(looks.Select(look => look.After.Key.Value), StringComparer.Ordinal)
                    .Concat(looks.Where(look => look.Waits).Select(look => look.After.Key.Value))
                    .Take(AccountReview.MaxWaiting),
            ]
            : [];

    /// <summary>With those who would be written to but for the burst, so that they are looked at when it is over.</summary>
    private static IReadOnlyList<string> WaitingWith(AccountFindings found, OutreachPlan plan) =>
        !found.People.Scope.IsGroup || found.People.Scope.Input.IsSettled
            ? found.Review.Waiting
            :
            [
                .. found
                    .Review.Waiting.Concat(plan.Messages.Select(message => message.Person))
                    .Distinct(StringComparer.Ordinal)
                    .Take(AccountReview.MaxWaiting),
            ];

    private static AccountReview PassOn(AccountReview review, PeopleRead read, long norms) =>
        read.More
            ? review with
            {
                PassAfter = read.People[^1].Key.Value,
            }
            : review with
            {
                Basis = review.Pass!,
                PeopleNorms = norms,
                Pass = null,
                PassAfter = null,
            };

    private static ReviewDecision DecisionOf(ReviewOutcome outcome, PeopleFindings people)
    {
        var added = people.DueAdded.ToHashSet();
        return new ReviewDecision(outcome)
        {
            People = [.. people.Looks.Select(look => look.After)],
            DueRemoved = [.. people.DueRemoved.Where(due => !added.Contains(due))],
            DueAdded = [.. added],
        };
    }

    /// <summary>The review with its assessment; notes a change of level.</summary>
    private static AccountReview Reviewed(ReviewScope scope, AccountReview review, Assessment assessment)
    {
        var (before, now, level) = (scope.Before, scope.Input.Now, scope.Before.Assessment.Risk.Level);
        bool moved = assessment.Risk.Level != level,
            left = scope.Context.IsChurned;
        // Who had left before anybody looked is no news; nor is history.
        bool isLive = scope.Input.Account.FirstLiveAt is not null,
            isNews = isLive && (moved || (left != before.Left && before.ReviewedAt != default));
        var trail = before.Trail.With(
            new TrailPoint(scope.Input.Today, assessment.Health.Score, assessment.Risk.Score, assessment.Risk.Level)
        );
        review = review with
        {
            Left = left,
            Segments = AccountSegments.Of(scope.Context) is { Count: > 0 } segments ? segments : null,
            Trail = trail,
            Moves = isNews ? [.. before.Moves, new LevelMove(now, level, assessment.Risk.Level, left)] : before.Moves,
            ReviewedAt = now,
            Norms = scope.Input.Norms.Version,
            Assessment = assessment,
            LevelSince = moved ? now : before.LevelSince,
            PreviousLevel = moved ? level : before.PreviousLevel,
        };
        return isLive ? review : review.StandingByTrail(scope.Input.Today);
    }

    private IReadOnlyList<FoundCause> Writable(ReviewScope scope, AccountReview review) =>
        scope.Input.Account.FirstLiveAt is null
            ? []
            : planner.Writable(scope.Context with { People = review.People }, review.Assessment.Causes, scope.Input.Now);

    /// <summary>The account's alert when the review raises, changes or ends it; null when it stays as it is.</summary>
    private Alert? AlertAfter(ReviewScope scope, AccountReview review)
    {
        var before = scope.Input.Alert?.Alert;
        var alert = alerts.AfterReview(scope.Context, review, before, scope.Input.Now);
        return alert is null || AlertRows.AreSame(alert, before) ? null : AlertLists.Listed(alert, before);
    }
}
