using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Segments;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>Decides what a review's findings have Signals write, and to whom. Pure: an empty answer is the usual one.</summary>
public sealed class OutreachPlanner(ValueModel model)
{
    private readonly MessageContents _contents = new(model);
    private readonly MessageFitness _fitness = new(model);
    private readonly SurveyRules _surveys = new(model);

    /// <summary>The message a person gets about a cause found in them, or null.</summary>
    /// <param name="context">The person.</param>
    /// <param name="assessment">What was found in them.</param>
    /// <param name="blocks">What blocks their account.</param>
    /// <param name="now">The moment of planning.</param>
    public OutreachRecord? ForPerson(PersonContext context, PersonAssessment assessment, Blocks blocks, DateTimeOffset now)
    {
        // Findings that rest on imported history alone never mail anybody, whoever else of the account is live.
        if (context.Person.FirstLiveAt is null || context.Account.Account.Hold?.StandsAt(now) == true || Audiences.HasLeft(context))
            return null;
        bool isHeld = false;
        foreach (var cause in Wishes(context, assessment))
        {
            bool isNotice = CauseCatalogue.IsNotice(cause.Cause);
            // The weightiest cause is the person's story: while it is told, lesser ones are silent.
            if (
                (isHeld && !isNotice)
                || blocks.Silencing(cause.Cause, cause.Detail, context.Person.Key.Value) is not null
                || !_fitness.Fits(context.Account, context.Person, context.Usage, cause.Cause, cause.Detail)
            )
                continue;
            var thread = MailThread.Of(context.Account, context.Person.Outreach, cause.Cause, cause.Detail);
            if (Plan(context.Account, context.Person, cause.Cause, cause.Detail, thread.At(now), thread.Open, now) is { } record)
                return record;
            isHeld |= !isNotice && thread.IsHeldAt(now);
        }
        return null;
    }

    /// <summary>
    /// The question of a survey to a person, or null. It takes a place under the same caps, and whatever else there is to say comes before
    /// it: not beside help that is due, nor while what was written may still work. Who was held out of a message is asked as little as who
    /// got it.
    /// </summary>
    /// <param name="context">The person.</param>
    /// <param name="assessment">What was found in them.</param>
    /// <param name="blocks">What blocks their account.</param>
    /// <param name="asked">How many people of their account were asked within a quarter.</param>
    /// <param name="now">The moment of planning.</param>
    public OutreachRecord? ForSurvey(PersonContext context, PersonAssessment assessment, Blocks blocks, int asked, DateTimeOffset now)
    {
        var (account, person) = (context.Account, context.Person);
        if (
            !MayBeAsked(context, now)
            || person is not { UserId: not null, Email: { } email }
            || blocks.Silencing(OutreachTemplates.Survey, null, person.Key.Value) is not null
            || _surveys.DueFor(context, assessment, asked, now) is not var (survey, step)
            || Wishes(context, assessment).Any(cause => MailThread.Of(account, person.Outreach, cause.Cause, cause.Detail).IsHeldAt(now))
        )
            return null;
        var contents = new MessageVariables
        {
            Product = model.Product,
            Cause = OutreachTemplates.Survey,
            AccountId = account.Facts.Id,
            Survey = SurveyQuestions.Of(survey, step, model, LocaleOf(person)),
        };
        return Record(account, person, email, OutreachTemplates.Survey, survey.Id, contents, now) with
        {
            Channel = survey.Channels == MessageChannels.Mail ? AlertChannels.Email : CustomerChannels.InApp,
        };
    }

    /// <summary>
    /// The question to a person's old address whether a new one is theirs, or null. Help comes before it, and it takes a place under the
    /// same caps.
    /// </summary>
    public OutreachRecord? ForNewAddress(PersonContext context, DateTimeOffset now)
    {
        var (account, person) = (context.Account, context.Person);
        if (
            !model.Outreach.ConfirmAddresses
            || !MayBeAsked(context, now)
            || person.Email is not { } email
            || AddressChecks.DueFor(person, now) is not { } detail
        )
            return null;
        return Record(
            account,
            person,
            email,
            OutreachTemplates.ConfirmAddress,
            detail,
            new MessageVariables
            {
                Product = model.Product,
                Cause = OutreachTemplates.ConfirmAddress,
                AccountId = account.Facts.Id,
            },
            now
        );
    }

    /// <summary>
    /// The day on which to look again because a notice that the person is owed had no room under their cap, or a follow-up is due then;
    /// null when nothing waits.
    /// </summary>
    public int? NextChance(PersonContext context, PersonAssessment assessment, DateTimeOffset now)
    {
        if (context.Person.Email is null)
            return null;
        var cap = model.Outreach.PerPerson;
        var counted = context
            .Person.Outreach.Where(memory => memory.PlannedAt > now.AddDays(-cap.Days))
            .OrderBy(memory => memory.PlannedAt)
            .ToList();
        var free = counted.Count < cap.Count ? now : counted[^cap.Count].PlannedAt.AddDays(cap.Days);
        var wishes = Wishes(context, assessment).ToList();
        int? notice =
            free > now && wishes.Exists(cause => cause.Cause == CauseIds.FeatureSunset) ? Math.Max(Days.Of(now), Days.Of(free)) + 1 : null;
        int? followUp = wishes
            .Select(cause => MailThread.Of(context.Account, context.Person.Outreach, cause.Cause, cause.Detail).FollowUpAt)
            .Where(due => due > now)
            .Select(due => (int?)Days.Of(due > free ? due.Value : free) + 1)
            .Min();
        return followUp is null || notice < followUp ? notice : followUp;
    }

    /// <summary>
    /// The moment to look at an account again because a follow-up is due then, or a person takes over; null when neither is to come.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="causes">Its causes.</param>
    /// <param name="people">What is known of its people.</param>
    /// <param name="told">What was written in this review, beside what the account remembers.</param>
    /// <param name="now">The moment of the review.</param>
    public DateTimeOffset? NextTurn(
        AccountContext account,
        IReadOnlyList<FoundCause> causes,
        PeopleSummary people,
        IReadOnlyList<OutreachMemory> told,
        DateTimeOffset now
    ) =>
        OfAccount(account.Account.Key, causes, people)
            .Where(cause => PersonAssessor.IsSure(cause.Confidence))
            .Select(cause => MailThread.Of(account, account.Account.Outreach.Concat(told), cause.Id, cause.Detail))
            .SelectMany(thread => new[] { thread.FollowUpAt, thread.HandOverAt })
            .Where(due => due > now)
            .Min();

    /// <summary>What of a group is written about to whoever speaks for it, or of a person's own account to that person: its own causes, and
    /// those of its people that a playbook addresses to somebody else, or that are the whole account's to settle.</summary>
    public IEnumerable<FoundCause> OfAccount(AccountKey account, IReadOnlyList<FoundCause> causes, PeopleSummary people)
    {
        var own = causes.Where(cause => CauseRules.OfAccounts.Any(rule => rule.Cause == cause.Id));
        if (!account.IsGroup)
            return own;
        var addressed = causes.Where(cause =>
            CauseRules.OfPeople.Any(rule => rule.Cause == cause.Id) && model.PlaybookFor(cause.Id).To != Audience.Person
        );
        // Somebody's own step may be the surest of the account: the account's step is asked for by itself.
        var steps = people
            .Telling.Where(entry => entry.Cause == CauseIds.OnboardingStalled && IsAccountStep(entry.Detail))
            .Take(1)
            .Select(entry => new FoundCause(entry.Cause, entry.Detail, CauseSubject.Account, 1, entry.Confidence, []))
            .Where(_ => model.PlaybookFor(CauseIds.OnboardingStalled).To == Audience.Person);
        return own.Concat(addressed).Concat(steps);
    }

    /// <summary>
    /// What of the account may be written about, weightiest first. The account has one story: below a cause that was written about and may
    /// still be mended by that, only notices are.
    /// </summary>
    /// <param name="account">The account, with what is known of its people.</param>
    /// <param name="causes">Its causes.</param>
    /// <param name="now">The moment of planning.</param>
    public IReadOnlyList<FoundCause> Writable(AccountContext account, IReadOnlyList<FoundCause> causes, DateTimeOffset now)
    {
        var writable = new List<FoundCause>();
        bool isHeld = false;
        foreach (
            var cause in OfAccount(account.Account.Key, causes, account.People)
                .Where(cause => MayTell(cause) && IsFor(account, cause.Id))
                .OrderByDescending(cause => model.PlaybookFor(cause.Id).Priority)
        )
        {
            bool isNotice = CauseCatalogue.IsNotice(cause.Id);
            if (isHeld && !isNotice)
                continue;
            if (MayWrite(account, cause, now))
                writable.Add(cause);
            else
                isHeld |= !isNotice && MailThread.Of(account, account.Account.Outreach, cause.Id, cause.Detail).IsHeldAt(now);
        }
        return writable;
    }

    /// <summary>
    /// Whom a message about a cause of the account goes to, or null: a follow-up to whoever had the first, and nobody for whom its words
    /// would not be true.
    /// </summary>
    public PersonState? RecipientOf(AccountContext account, FoundCause cause, IReadOnlyList<PersonState> people, DateTimeOffset now)
    {
        var customers = people.Where(person => NoCustomers.RuleOf(person, model) is null).ToList();
        var thread = MailThread.Of(account, account.Account.Outreach, cause.Id, cause.Detail);
        var person =
            thread.At(now) == MailTurn.FollowUp
                ? customers.Find(person => person.Key.Value == thread.Open?.Person && !Audiences.HasLeft(person, account))
                : new Audiences(account, customers).Of(model.PlaybookFor(cause.Id).To, cause);
        return person is not null && _fitness.Fits(account, person, new UsageView(person.History, model), cause.Id, cause.Detail)
            ? person
            : null;
    }

    /// <summary>The message about a cause of the account as a whole to the person it is for, or null.</summary>
    public OutreachRecord? ForAccount(AccountContext account, FoundCause cause, PersonState person, DateTimeOffset now)
    {
        if (!MayWrite(account, cause, now))
            return null;
        var turn = MailThread.Of(account, account.Account.Outreach, cause.Id, cause.Detail).At(now);
        var own = MailThread.Of(account, person.Outreach, cause.Id, cause.Detail);
        return own.At(now) == turn ? Plan(account, person, cause.Id, cause.Detail, turn, own.Open, now) : null;
    }

    /// <summary>
    /// True when a cause of the account as a whole is sure, has a message, has something left to say, and nobody holds the account's
    /// messages.
    /// </summary>
    public bool MayWrite(AccountContext account, FoundCause cause, DateTimeOffset now) =>
        account.Account.Hold?.StandsAt(now) != true
        && MayTell(cause)
        && IsFor(account, cause.Id)
        && MailThread.Of(account, account.Account.Outreach, cause.Id, cause.Detail).At(now) != MailTurn.None
        && MayTellOfSunset(account.Account.Outreach, cause.Id, cause.Detail, account.Today)
        && (!CauseCatalogue.IsPraise(cause.Id) || Complaints.MayThank(account));

    /// <summary>True when a cause is sure and has a message.</summary>
    public bool MayTell(FoundCause cause) => PersonAssessor.IsSure(cause.Confidence) && model.PlaybookFor(cause.Id).Message is not null;

    /// <summary>True when the cause's message is for accounts like this one, by the segments that its playbook names.</summary>
    private bool IsFor(AccountContext account, string cause) =>
        model.PlaybookFor(cause) is var playbook && (!playbook.IsForSome || playbook.IsFor(AccountSegments.Of(account)));

    /// <summary>What a planned record is remembered by.</summary>
    public static OutreachMemory Memory(OutreachRecord record) =>
        new(record.Cause, record.Detail, record.PlannedAt, record.Id, record.Person);

    /// <summary>The person's language: by trait, else by device, else the model's first.</summary>
    public string LocaleOf(PersonState person) => person.Profile[Traits.Locale] ?? person.Profile[Traits.DeviceLocale] ?? model.Locales[0];

    /// <summary>The causes that would have the person written to, the one that comes first before the others.</summary>
    private IEnumerable<PersonCause> Wishes(PersonContext context, PersonAssessment assessment)
    {
        var sure = assessment.Finding.Causes.Where(cause => PersonAssessor.IsSure(cause.Confidence)).ToList();
        return sure.Where(cause =>
                model.PlaybookFor(cause.Cause).Message is not null
                && IsFor(context.Account, cause.Cause)
                && IsPersonal(cause, context.Account.Account.Key)
                && MayTellOfSunset(context.Person.Outreach, cause.Cause, cause.Detail, context.Today)
                // Thanks come last: not beside what still gets in the way, and never near a complaint.
                && (
                    !CauseCatalogue.IsPraise(cause.Cause)
                    || (sure.TrueForAll(other => other.Cause == cause.Cause) && Complaints.MayThank(context.Account))
                )
            )
            .OrderByDescending(cause => model.PlaybookFor(cause.Cause).Priority)
            .ThenBy(cause => SunsetOf(cause.Cause, cause.Detail)?.Ends);
    }

    private bool IsPersonal(PersonCause cause, AccountKey account) =>
        !account.IsGroup
        || (
            model.PlaybookFor(cause.Cause).To == Audience.Person
            && !(cause.Cause == CauseIds.OnboardingStalled && IsAccountStep(cause.Detail))
        );

    private bool IsAccountStep(string? step) => model.Onboarding.Any(known => known.Id == step && known.Scope == StepScope.Account);

    /// <summary>
    /// Notices of a sunset go out once for each notice day that has come; one that was missed, because the person came later say, goes out
    /// then.
    /// </summary>
    private bool MayTellOfSunset(List<OutreachMemory> told, string cause, string? feature, int today) =>
        cause != CauseIds.FeatureSunset
        || (
            SunsetOf(cause, feature)?.LastNoticeUpTo(today) is { } notice
            && !told.Exists(memory => memory.Cause == cause && memory.Detail == feature && Days.Of(memory.PlannedAt) >= notice)
        );

    private Sunset? SunsetOf(string cause, string? feature) =>
        cause == CauseIds.FeatureSunset ? model.Sunsets.FirstOrDefault(sunset => sunset.Feature == feature) : null;

    private OutreachRecord? Plan(
        AccountContext account,
        PersonState person,
        string cause,
        string? detail,
        MailTurn turn,
        OutreachMemory? first,
        DateTimeOffset now
    )
    {
        if (turn == MailTurn.None || person.Email is not { } email || account.Account.FirstLiveAt is null || IsCapped(person, now))
            return null;
        // Notices that a customer must get are outside every experiment. A follow-up is part of what was held out before it.
        bool heldOut = !CauseCatalogue.IsNotice(cause) && IsHeldOut(person.Key, cause),
            isFollowUp = turn == MailTurn.FollowUp;
        if (heldOut && isFollowUp)
            return null;
        var playbook = model.PlaybookFor(cause);
        string locale = LocaleOf(person),
            goal = person.Profile[Traits.Goal] ?? account.Facts.Goal ?? "";
        var contents = _contents.For(account, person, cause, detail, locale, goal);
        return Record(account, person, email, cause, detail, contents, now) with
        {
            Template = isFollowUp ? playbook.FollowUp!.Message : TemplateFor(person.Key, playbook),
            FollowsUp = isFollowUp ? first?.OutreachId : null,
            Channel = playbook.ShowsCard && person.UserId is not null ? CustomerChannels.InApp : AlertChannels.Email,
            State = heldOut ? OutreachState.HeldOut : OutreachState.Planned,
            Reason = heldOut ? "held out by lot, so that the effect can be measured" : null,
        };
    }

    /// <summary>A planned message to a person whose template is called as its cause.</summary>
    private OutreachRecord Record(
        AccountContext account,
        PersonState person,
        string email,
        string cause,
        string? detail,
        MessageVariables contents,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = OutreachId.Of(account.Account.Key, person.Key.Value, cause, detail, now).Value,
            Kind = OutreachKind.Message,
            Account = account.Account.Key.Value,
            AccountId = account.Facts.Id,
            AccountName = account.Facts.Name,
            Segments = AccountSegments.Of(account) is { Count: > 0 } segments ? segments : null,
            Person = person.Key.Value,
            PersonId = person.UserId ?? "",
            Cause = cause,
            Detail = detail,
            Template = cause,
            Locale = LocaleOf(person),
            To = email,
            AsWritten = person.Profile[Traits.Email] is var written && written != email ? written : null,
            State = OutreachState.Planned,
            PlannedAt = now,
            ExpiresAt = now.AddDays(model.Outreach.ExpireAfterDays),
            Variables = contents with { PersonName = GreetingName.Of(person.Profile), PersonEmail = email },
        };

    /// <summary>Whether anything but help may be written to somebody now.</summary>
    private bool MayBeAsked(PersonContext context, DateTimeOffset now) =>
        context.Person.FirstLiveAt is not null
        && context.Account.Account.FirstLiveAt is not null
        && context.Account.Account.Hold?.StandsAt(now) != true
        && !Audiences.HasLeft(context)
        && NoCustomers.RuleOf(context.Person, model) is null
        && !IsCapped(context.Person, now);

    private bool IsCapped(PersonState person, DateTimeOffset now)
    {
        var cap = model.Outreach.PerPerson;
        return person.Outreach.Count(memory => memory.PlannedAt > now.AddDays(-cap.Days)) >= cap.Count;
    }

    private bool IsHeldOut(PersonKey person, string playbook) => Lot("holdout", person, playbook) < model.Outreach.Holdout;

    private static string TemplateFor(PersonKey person, Playbook playbook) =>
        playbook.Alternative is { } alternative && Lot("template", person, playbook.Cause) < 0.5 ? alternative : playbook.Message!;

    /// <summary>A stable lot for each person and playbook, 0 to 1.</summary>
    private static double Lot(string what, PersonKey person, string playbook) =>
        MessageHash.Of($"{what}|{person}|{playbook}") / (double)ulong.MaxValue;
}
