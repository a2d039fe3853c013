using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>Whether somebody is asked something now, and what: whom, when and how often. Pure.</summary>
public sealed class SurveyRules(ValueModel model)
{
    /// <summary>Somebody's first days are for finding their way.</summary>
    private const int FirstDays = 14;

    /// <summary>
    /// The days of a quarter over which people's turns are spread: who comes by once a month still has one after the last of them.
    /// </summary>
    private const int TurnDays = 60;

    private const int MonthsOfQuarter = 3;

    /// <summary>The first of the model's surveys whose rules let this person be asked now; null for none.</summary>
    /// <param name="context">The person.</param>
    /// <param name="assessment">What was found in them.</param>
    /// <param name="asked">How many people of their account were asked within a quarter.</param>
    /// <param name="now">The moment of planning.</param>
    public SurveyChance? DueFor(PersonContext context, PersonAssessment assessment, int asked, DateTimeOffset now)
    {
        if (
            model.Surveys.Count == 0
            || model.Incidents.Any(incident => incident.IsOn(now))
            || context.Account.IsChurned
            || HindranceOf(context.Account.Account, context.Person) is not null
            || ProductWish.RefusalOf(context.Person, model.OptOut) is not null
            || WasAskedElsewhere(context, now)
        )
            return null;
        bool isNew = IsInOnboarding(context, assessment);
        foreach (var survey in model.Surveys)
        {
            if (
                (!isNew || survey.Kind == SurveyKind.Ces)
                && (!context.Account.Account.Key.IsGroup || asked < survey.PerAccount)
                && IsFor(survey, context)
                && !WasAsked(survey, context.Person, now)
                && ChanceOf(survey, context) is { } chance
            )
                return chance;
        }
        return null;
    }

    /// <summary>What stands against asking somebody, whatever is asked; null for nothing. Looked at again when it is sent.</summary>
    public static string? HindranceOf(AccountState account, PersonState person) =>
        account.Tickets.All.Any(ticket => ticket.IsOpen && (ticket.Person is null || ticket.Person == person.Key.Value))
            ? "a ticket of the person is open: that comes first"
            : null;

    /// <summary>How many people of an account were asked something within a quarter.</summary>
    public static int AskedOf(AccountState account, DateTimeOffset now) =>
        account.Outreach.Count(memory =>
            memory.Cause == OutreachTemplates.Survey && memory.PlannedAt > now.AddDays(-Survey.LeastDaysBetween)
        );

    /// <summary>
    /// True in somebody's first days, and while a step that is theirs is not done and its days are not over, or it holds them up.
    /// </summary>
    public static bool IsInOnboarding(PersonContext context, PersonAssessment assessment)
    {
        if (context.Usage.FirstDay is not { } first)
            return true;
        if (context.CreatedAt is { } created && Days.Of(created) < first)
            first = Days.Of(created);
        int days = context.Today - first;
        return days < FirstDays
            || context.Model.Onboarding.Any(step =>
                days < step.WithinDays
                && (step.Scope == StepScope.Account ? context.Account.Usage : context.Usage).CountEver(step.Done) == 0
            )
            || assessment.Finding.Causes.Any(cause => cause.Cause == CauseIds.OnboardingStalled && PersonAssessor.IsSure(cause.Confidence));
    }

    private static bool IsFor(Survey survey, PersonContext context) =>
        (survey.Plans.Count == 0 || survey.Plans.Contains(context.Account.Facts.Plan, StringComparer.OrdinalIgnoreCase))
        && (survey.Roles.Count == 0 || survey.Roles.Contains(context.Person.Profile[Traits.Role]?.Trim(), StringComparer.OrdinalIgnoreCase))
        && Lot("survey", context.Person.Key, survey, Quarter(context.Today)) < survey.Share;

    /// <summary>
    /// Whether they were asked too lately. The days count from the planning, and what was planned may have left later: as a mail behind a
    /// card that nobody saw, at the latest.
    /// </summary>
    private bool WasAsked(Survey survey, PersonState person, DateTimeOffset now) =>
        person.Outreach.Exists(memory =>
            memory.Cause == OutreachTemplates.Survey
            && memory.PlannedAt.AddDays(memory.Detail == survey.Id ? survey.EveryDays : Survey.LeastDaysBetween) + LongestWay(memory.Detail)
                > now
        );

    private TimeSpan LongestWay(string? asked)
    {
        var once = TimeSpan.FromDays(model.Outreach.ExpireAfterDays);
        return model.SurveyOf(asked) is { Channels: MessageChannels.InAppThenMail } survey
            ? once + TimeSpan.FromHours(survey.MailAfterHours) + once
            : once;
    }

    /// <summary>Whoever asked: an answer of theirs within a quarter is one.</summary>
    private static bool WasAskedElsewhere(PersonContext context, DateTimeOffset now) =>
        context.Account.Account.Feedback.Answers.Any(answer =>
            answer.Person == context.Person.Key.Value
            && answer.Kind != FeedbackKind.Leaving
            && answer.At > now.AddDays(-Survey.LeastDaysBetween)
        );

    /// <summary>Whether the moment has come after which it is asked.</summary>
    private static SurveyChance? ChanceOf(Survey survey, PersonContext context)
    {
        int from = context.Today - survey.WithinDays + 1;
        switch (survey.After)
        {
            case SurveyMoment.Value:
                // What everybody does all the time would ask all of them on a quarter's first day.
                return context.Usage.Value(from, context.Today) > 0 && HasTurn(survey, context) ? new SurveyChance(survey, null) : null;
            case SurveyMoment.Ticket:
                return context.Account.Account.Tickets.All.Any(ticket =>
                    ticket is { IsOpen: false, OpenedAt: not null, SolvedAt: { } solved }
                    && ticket.Person == context.Person.Key.Value
                    && Days.Of(solved) >= from
                    && Days.Of(solved) <= context.Today
                )
                    ? new SurveyChance(survey, null)
                    : null;
            default:
                // The first time alone: after that it is no set-up any more.
                return context
                    .Model.Onboarding.Where(step => survey.Step is null || survey.Step == step.Id)
                    .Select(step => (Step: step, At: context.Usage.FirstOf(step.Done)))
                    .Where(done => done.At is { } at && Days.Of(at) >= from && Days.Of(at) <= context.Today)
                    .OrderByDescending(done => done.At)
                    .Select(done => new SurveyChance(survey, done.Step))
                    .FirstOrDefault();
        }
    }

    /// <summary>True from the day of the quarter on that the lot gave the person.</summary>
    private static bool HasTurn(Survey survey, PersonContext context)
    {
        int start = Quarter(context.Today);
        return context.Today - start >= (int)(Lot("survey-day", context.Person.Key, survey, start) * TurnDays);
    }

    /// <summary>The first day of a day's quarter.</summary>
    private static int Quarter(int day)
    {
        var date = Days.Date(day);
        return new DateOnly(date.Year, date.Month - ((date.Month - 1) % MonthsOfQuarter), 1).DayNumber;
    }

    /// <summary>A stable lot for each person, survey and quarter, 0 to 1.</summary>
    private static double Lot(string what, PersonKey person, Survey survey, int quarter) =>
        MessageHash.Of($"{what}|{person}|{survey.Id}|{quarter}") / (double)ulong.MaxValue;
}

/// <summary>A survey whose turn it is, and the step that it is about; null for none.</summary>
public sealed record SurveyChance(Survey Survey, OnboardingStep? Step);
