using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Folding;
using Signals.Core.Model;
using Signals.Core.Reviews;

namespace Signals.Core.Outreach;

/// <summary>Decides what a review's findings have Signals write, and to whom. Pure: an empty answer is the usual one.</summary>
public sealed class OutreachPlanner(ValueModel model)
{
    /// <summary>Notices that a customer must get are outside every experiment.</summary>
    private static readonly HashSet<string> NeverHeldOut =
        new(StringComparer.Ordinal) { CauseIds.FeatureSunset, CauseIds.SupportUnhappy, CauseIds.PaymentFailing };

    /// <summary>The message a person gets about a cause found in them, or null.</summary>
    public OutreachRecord? ForPerson(PersonContext context, PersonAssessment assessment, DateTimeOffset now)
    {
        // Findings that rest on imported history alone never mail anybody, whoever else of the account is live.
        if (context.Person.FirstLiveAt is null || context.Account.Account.Hold?.StandsAt(now) == true)
            return null;
        foreach (var cause in assessment.Finding.Causes.OrderByDescending(cause => model.PlaybookFor(cause.Cause).Priority))
        {
            if (PersonAssessor.IsSure(cause.Confidence) && MayTellOfSunset(context, cause) && model.PlaybookFor(cause.Cause) is { Message: not null, To: Audience.Person } playbook
                && Plan(context.Account, context.Person, playbook, cause.Cause, cause.Detail, now) is { } record)
                return record;
        }
        return null;
    }

    /// <summary>
    /// The message about a cause of the account as a whole, or null. <paramref name="people"/> are those with most value, most first.
    /// </summary>
    public OutreachRecord? ForAccount(AccountContext account, FoundCause cause, IReadOnlyList<PersonState> people, DateTimeOffset now)
    {
        if (!MayWrite(account.Account, cause, now))
            return null;
        var playbook = model.PlaybookFor(cause.Id);
        var written = people.Where(person => person.Email is not null).ToList();
        var person = playbook.To switch
        {
            Audience.Admin => written.Find(IsAdmin) ?? written.FirstOrDefault(),
            Audience.NextMostActive => written.ElementAtOrDefault(1),
            _ => written.FirstOrDefault(),
        };
        return person is null ? null : Plan(account, person, playbook, cause.Id, cause.Detail, now);
    }

    /// <summary>True when a cause of the account as a whole is sure, has a message, was not written about lately, and nobody holds the account's messages.</summary>
    public bool MayWrite(AccountState account, FoundCause cause, DateTimeOffset now) =>
        account.Hold?.StandsAt(now) != true && PersonAssessor.IsSure(cause.Confidence) && model.PlaybookFor(cause.Id) is { Message: not null } playbook
        && !IsCooling(account.Outreach, cause.Id, playbook, now);

    /// <summary>What a planned record is remembered by.</summary>
    public static OutreachMemory Memory(OutreachRecord record) =>
        new(record.Cause, record.Detail, record.PlannedAt, record.Id, record.Person);

    /// <summary>The person's language: by trait, else by device, else the model's first.</summary>
    public string LocaleOf(PersonState person) =>
        person.Profile[Traits.Locale] ?? person.Profile[EventFolder.DeviceLocale] ?? model.Locales[0];

    /// <summary>
    /// Notices of a sunset go out once for each notice day that has come; one that was missed, because the person came later say, goes out then.
    /// </summary>
    private bool MayTellOfSunset(PersonContext context, PersonCause cause) =>
        cause.Cause != CauseIds.FeatureSunset
        || (SunsetOf(cause.Cause, cause.Detail)?.LastNoticeUpTo(context.Today) is { } notice
            && !context.Person.Outreach.Any(memory => memory.Cause == cause.Cause && memory.Detail == cause.Detail && Days.Of(memory.PlannedAt) >= notice));

    private Sunset? SunsetOf(string cause, string? feature) =>
        cause == CauseIds.FeatureSunset ? model.Sunsets.FirstOrDefault(sunset => sunset.Feature == feature) : null;

    private OutreachRecord? Plan(
        AccountContext account, PersonState person, Playbook playbook, string cause, string? detail, DateTimeOffset now)
    {
        var cap = model.Outreach.PerPerson;
        if (person.Email is not { } email || account.Account.FirstLiveAt is null || IsCooling(person.Outreach, cause, playbook, now)
            || person.Outreach.Count(memory => memory.PlannedAt > now.AddDays(-cap.Days)) >= cap.Count)
            return null;
        var step = model.Onboarding.FirstOrDefault(step => step.Id == detail);
        var feature = model.Features.FirstOrDefault(feature => feature.Id == detail);
        var sunset = SunsetOf(cause, detail);
        var replacement = sunset is null ? null : model.Features.FirstOrDefault(known => known.Id == sunset.ReplacementFeature);
        string goal = person.Profile[Traits.Goal] ?? account.Facts.Goal ?? "";
        // "Because you came for" is said of a feature only when it has something to do with it.
        if (cause == CauseIds.FeaturesUnused && feature is not null && GoalWords.Shared(feature, goal) == 0)
            goal = "";
        bool heldOut = !NeverHeldOut.Contains(cause) && IsHeldOut(person.Key, cause);
        return new OutreachRecord
        {
            Id = OutreachId.Of(account.Account.Key, person.Key.Value, cause, detail, now).Value,
            Kind = OutreachKind.Message,
            Account = account.Account.Key.Value,
            AccountId = account.Facts.Id,
            AccountName = account.Facts.Name,
            Person = person.Key.Value,
            PersonId = person.UserId ?? "",
            Cause = cause,
            Detail = detail,
            Template = TemplateFor(person.Key, playbook),
            Locale = LocaleOf(person),
            To = email,
            State = heldOut ? OutreachState.HeldOut : OutreachState.Planned,
            Reason = heldOut ? "held out by lot, so that the effect can be measured" : null,
            PlannedAt = now,
            ExpiresAt = now.AddDays(model.Outreach.ExpireAfterDays),
            Variables = new MessageVariables
            {
                Product = model.Product,
                Cause = cause,
                PersonName = person.Profile[Traits.Name] ?? "",
                PersonEmail = email,
                AccountId = account.Facts.Id,
                AccountName = account.Facts.Name,
                Plan = account.Facts.Plan ?? "",
                Goal = goal,
                Sunset = sunset is null ? null : new MessageSunset(
                    feature?.Name ?? sunset.Feature, sunset.Why, sunset.LastOrder, sunset.Ends, sunset.Terms, replacement?.Name ?? sunset.ReplacementFeature,
                    sunset.Differences, sunset.Steps),
                Step = step is null ? null : new MessageStep(
                    step.Id, step.Name, step.Help ?? "", step.Faq, Count(person, step.Tried), Count(person, step.Failed)),
                Feature = feature is null ? null : new MessageFeature(feature.Id, feature.Name, feature.Help ?? "", feature.Description ?? ""),
                Friction = model.Friction.FirstOrDefault(kind => kind.Id == detail)?.Name ?? "",
                ActionUrl = replacement?.Help ?? step?.Help ?? feature?.Help ?? model.Features.FirstOrDefault(known => known.Key && known.Help is not null)?.Help,
                ValueUnit = model.Value.Unit,
            },
        };
    }

    private bool IsHeldOut(PersonKey person, string playbook) => Lot("holdout", person, playbook) < model.Outreach.Holdout;

    private static string TemplateFor(PersonKey person, Playbook playbook) =>
        playbook.Alternative is { } alternative && Lot("template", person, playbook.Cause) < 0.5 ? alternative : playbook.Message!;

    /// <summary>A stable lot for each person and playbook, 0 to 1.</summary>
    private static double Lot(string what, PersonKey person, string playbook) => MessageHash.Of($"{what}|{person}|{playbook}") / (double)ulong.MaxValue;

    private static bool IsCooling(List<OutreachMemory> memories, string cause, Playbook playbook, DateTimeOffset now) =>
        memories.Any(memory => memory.Cause == cause && memory.PlannedAt > now.AddDays(-playbook.CooldownDays));

    private static bool IsAdmin(PersonState person) =>
        person.Profile[Traits.Role]?.ToLowerInvariant() is "admin" or "administrator" or "owner";

    private static int Count(PersonState person, IReadOnlyList<string> events) =>
        (int)Math.Min(int.MaxValue, events.Sum(name => person.History.Total(name)?.Count ?? 0));
}
