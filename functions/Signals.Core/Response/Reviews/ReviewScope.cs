using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>Whom of an account's people a review looks at. Pure.</summary>
public sealed record ReviewScope
{
    public required ReviewInput Input { get; init; }

    public required AccountContext Context { get; init; }

    /// <summary>The last review, or an empty one.</summary>
    public required AccountReview Before { get; init; }

    /// <summary>The review so far: the last one, with a pass over all people begun where one is needed.</summary>
    public required AccountReview Review { get; init; }

    /// <summary>
    /// True while all people must be read: what their findings rest on changed since the last full reading, too many of those who speak for
    /// the causes recovered, or such a reading was begun.
    /// </summary>
    public required bool IsPass { get; init; }

    public bool IsGroup => Input.Account.Key.IsGroup;

    /// <summary>
    /// True while nothing was folded since the last review, and time has not reached the day it named; where somebody asks, only on the
    /// same day and under the same norms.
    /// </summary>
    public bool StillHolds =>
        !IsPass
        && !Input.Account.Changed
        && Before.ReviewedAt != default
        && !(Before.NextReviewAt <= Input.Now)
        && !(Input.IsAsked && (Days.Of(Before.ReviewedAt) != Input.Today || Before.Norms != Input.Norms.Version));

    /// <summary>
    /// True when those whose messages waited for events to settle are looked at first; a pass looks at everybody anyway.
    /// </summary>
    public bool LooksAtWaiting => !IsPass && Input.IsSettled && Before.Waiting.Count > 0;

    /// <summary>
    /// True when a person's own account has that person looked at: whenever anything is, so that its own next day is right.
    /// </summary>
    public bool IncludesOwnPerson => !StillHolds || Input.OwnPerson?.DueDay <= Input.Today;

    /// <summary>
    /// True for accounts that are reviewed: not a person's own once that person belongs elsewhere, or is no customer.
    /// </summary>
    public static bool Covers(ReviewInput input, ValueModel model) =>
        input.Account.Key.IsGroup
        || (
            model.Accounts == AccountsMode.Person
            && !input.Account.Key.IsAnonymous
            && input.Account.IsHome
            && (input.OwnPerson is not { } own || NoCustomers.RuleOf(own, model) is null)
        );

    public static ReviewScope Of(ReviewInput input, ValueModel model)
    {
        var account = input.Account;
        var context = AccountContext.Of(account, input.OwnPerson?.History, model, input.Known, input.Today) with
        {
            Norms = input.Norms,
            Moment = input.Now,
        };
        var before = account.Review ?? new AccountReview { LevelSince = input.Now };
        string basis = FindingBasis.Of(context);
        // What was found in people rests on norms by what gets in their way.
        bool hasNewNorms = input.IsAsked && account.Key.IsGroup && model.Friction.Count > 0 && before.PeopleNorms != input.Norms.Version;
        // A review from a day to come was made under a wrong clock: it put off everybody's next look, and found what is not so yet.
        bool isFromAhead = Days.Of(before.ReviewedAt) > input.Today;
        bool isPass = before.Basis != basis || before.Pass is not null || before.People.IsWorn() || hasNewNorms || isFromAhead;
        bool begins = isPass && before.Pass != basis;
        return new ReviewScope
        {
            Input = input,
            Context = context,
            Before = before,
            Review = begins
                ? before with
                {
                    Pass = basis,
                    PassAfter = null,
                    People = PeopleSummary.None,
                    ReviewedAt = isFromAhead ? input.Now : before.ReviewedAt,
                }
                : before,
            IsPass = isPass,
        };
    }

    /// <summary>A person as the rules see them; the one of an own account has the account's history.</summary>
    public PersonContext ContextOf(PersonState person) =>
        new(person, IsGroup ? new UsageView(person.History, Context.Model) : Context.Usage, Context);
}
