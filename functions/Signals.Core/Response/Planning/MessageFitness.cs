using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>Whether what a message says is true of whoever reads it, and fits the moment they are at. Pure.</summary>
public sealed class MessageFitness(ValueModel model)
{
    /// <summary>So many times the floor is hours of value, where the floor is a quarter of one.</summary>
    private const int FloorsOfExperience = 8;

    /// <summary>Days before and after the end of a trial in which it is weighed whether to stay.</summary>
    private const int DaysBeforeEnd = 7;
    private const int DaysAfterEnd = 3;

    /// <summary>Days after a trial's end in which nothing is offered to who did not stay, or asked of.</summary>
    private const int DaysWithout = 30;

    /// <summary>True for whom nothing for beginners is written: they got hours of value.</summary>
    public bool IsExperienced(UsageView usage, int today) =>
        usage.FirstDay is { } first && usage.Value(first, today) >= FloorsOfExperience * model.Value.Floor.Amount;

    /// <param name="account">The account.</param>
    /// <param name="person">The reader.</param>
    /// <param name="usage">The reader's own use.</param>
    /// <param name="cause">What it would be about.</param>
    /// <param name="detail">What of it.</param>
    public bool Fits(AccountContext account, PersonState person, UsageView usage, string cause, string? detail)
    {
        if (CauseCatalogue.IsNotice(cause))
            return true;
        int today = account.Today;
        bool isOwnStep =
            cause == CauseIds.OnboardingStalled && model.Onboarding.Any(step => step.Id == detail && step.Scope == StepScope.Person);
        if ((isOwnStep || CauseCatalogue.IsForBeginners(cause)) && IsExperienced(usage, today))
            return false;
        // "It has not done much for you yet" is not true of whoever is active.
        if (cause == CauseIds.NeverTookOff && usage.Value(today - model.Value.Floor.Days + 1, today) >= model.Value.Floor.Amount)
            return false;
        if (IsEnding(account) && (CauseCatalogue.IsOffer(cause) || CauseCatalogue.IsPraise(cause)))
            return false;
        // The trial's end is why they do less, or somebody else does it: no question, and no tour.
        if (TrialEndedAt(account) is not null && cause is CauseIds.UsageDrop or CauseIds.ChampionLeft)
            return false;
        return !StandsBehind(person, cause, detail);
    }

    /// <summary>True when something weightier holds the reader back: an offer beside it would not have listened.</summary>
    private bool StandsBehind(PersonState person, string cause, string? detail) =>
        person.Finding.Causes.Any(own =>
            PersonAssessor.IsSure(own.Confidence)
            && !(own.Cause == cause && own.Detail == detail)
            && model.PlaybookFor(own.Cause) is { Message: not null } playbook
            && playbook.Priority > model.PlaybookFor(cause).Priority
            && !CauseCatalogue.IsNotice(own.Cause)
            && CauseCatalogue.IsOffer(cause)
        );

    /// <summary>When a trial ended within <see cref="DaysWithout"/> days, where nothing says that they stay: no price, no term.</summary>
    public static DateTimeOffset? TrialEndedAt(AccountContext account) =>
        account.Facts is { TrialEndsAt: { } end, Price: 0 } facts
        && !(facts.RenewalAt > end)
        && account.Today - Days.Of(end) is > 0 and <= DaysWithout
            ? end
            : null;

    private static bool IsEnding(AccountContext account) =>
        TrialEndedAt(account) is not null
        || (account.Facts.TrialEndsAt is { } end && account.Today - Days.Of(end) is >= -DaysBeforeEnd and <= DaysAfterEnd);
}
