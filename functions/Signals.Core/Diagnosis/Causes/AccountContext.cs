using System.Collections.ObjectModel;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>An account as the rules see it on a day. <paramref name="Today"/> is a UTC day and may lie ahead.</summary>
public sealed record AccountContext(
    AccountState Account,
    AccountFacts Facts,
    UsageView Usage,
    ValueModel Model,
    IKnownEvents Known,
    int Today
)
{
    private const int DaysOfPrice = 30;

    /// <summary>Who was there before collecting began has come by in so many days.</summary>
    private const int DaysToSettle = 7;

    /// <summary>
    /// An account under a model. A group has a history of its own; that of a person's own account is the person's
    /// (<paramref name="person"/>, null when nothing is known of them).
    /// </summary>
    public static AccountContext Of(AccountState account, History? person, ValueModel model, IKnownEvents known, int today) =>
        new(
            account,
            AccountFacts.Of(account, model),
            new UsageView(account.Key.IsGroup ? account.History : person ?? account.History, model),
            model,
            known,
            today
        );

    /// <summary>What is usual among accounts like this one.</summary>
    public CohortNorms Norms { get; init; } = CohortNorms.None;

    /// <summary>What is known of the account's people.</summary>
    public PeopleSummary People { get; init; } = PeopleSummary.None;

    /// <summary>What people are called, by their keys: of those that the evidence names, where they were read.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What a person is called; their id where they were not read.</summary>
    public string NameOf(string person) => Names.GetValueOrDefault(person) ?? StorageKey.Decode(new PersonKey(person).ProvisionalId);

    /// <summary>The first day from which every value source is collected; 0 when they always were.</summary>
    public int ValueKnownSince { get; } = KnownSince(Model, Known);

    /// <summary>The moment of the look, where it is known: on other days it is their first.</summary>
    public DateTimeOffset? Moment { get; init; }

    /// <summary>The moment on <see cref="Today"/> by which hours are counted.</summary>
    public DateTimeOffset Now => Moment is { } moment && Days.Of(moment) == Today ? moment : Days.Start(Today);

    /// <summary>The newest day that is over: today is not, and must not count as an empty one.</summary>
    public int Yesterday => Today - 1;

    /// <summary>Since when they are a customer, as far as is known; null before anything happened.</summary>
    public int? StartDay =>
        Usage.FirstDay is { } first
            ? Facts.CreatedAt is { } created && Days.Of(created) < first
                ? Days.Of(created)
                : first
            : null;

    /// <summary>
    /// True when the account came some time after the first value of anybody was collected: those that were there before are older than
    /// their first event.
    /// </summary>
    public bool CameAfterCollecting => Usage.FirstDay is { } first && CameAfter(first);

    /// <summary>The same of somebody whose first event is of that day.</summary>
    public bool CameAfter(int first)
    {
        int since = int.MaxValue;
        foreach (var source in Model.Value.From)
            since = Math.Min(since, Known.EventSince(source.Event) ?? int.MaxValue);
        return first > (long)since + DaysToSettle;
    }

    /// <summary>How they get on in their first days; null for who came longer ago.</summary>
    public StartPace? Pace => StartPace.Of(this);

    /// <summary>
    /// A window's days, in words: "in 30 days", or "since" the first event where there were no so many days. What is said of time is said
    /// of time that there was. For what stays so while nothing happens: it is read later than it is written.
    /// </summary>
    /// <param name="days">The window's days.</param>
    /// <param name="first">The first day that counts; null for the account's own.</param>
    public Phrase InDays(int days, int? first = null) => Since(days, first) ?? Phrase.Of($"in {Format.DayCount(days)}");

    /// <summary>The same for what time alone changes: "in the 30 days up to 12 March 2026".</summary>
    /// <param name="days">The window's days, up to today.</param>
    public Phrase UpToToday(int days) => Since(days, null) ?? Phrase.Of($"in the {Format.DayCount(days)} up to {Days.Date(Today)}");

    private static int KnownSince(ValueModel model, IKnownEvents known)
    {
        int since = 0;
        foreach (var source in model.Value.From)
        {
            if (source.Property is { } property)
                since = Math.Max(since, known.SumSince(History.PropertyKey(source.Event, property)));
        }
        return since;
    }

    private Phrase? Since(int days, int? first) =>
        (first ?? Usage.FirstDay) is { } began && began > Today - days ? Phrase.Of($"since {Days.Date(began)}") : null;

    /// <summary>True when value over the window that starts on that day is wholly known.</summary>
    public bool KnowsValueFrom(int day) => ValueKnownSince <= day || Usage.FirstDay > ValueKnownSince;

    /// <summary>True when the customer has left and not come back.</summary>
    public bool IsChurned => Usage.LastOf(Model.Churn.Events) is { } left && !(Usage.LastOf(Model.Churn.Returned) > left);

    /// <summary>
    /// Value since a day that no customer was there to get: made for the account by its machines, where the model lets them
    /// (<see cref="LeaveOutRule.GivesValue"/>).
    /// </summary>
    public double ValueOfMachines(int from)
    {
        // Days of before people were counted tell nothing.
        if (!Model.People.LeaveOut.Any(rule => rule.GivesValue))
            return 0;
        return Usage
            .Buckets.SkipWhile(bucket => bucket.People == 0)
            .Where(bucket => bucket.Day >= from && bucket.People == 0)
            .Sum(bucket => Usage.Value(bucket.Day, bucket.Day));
    }

    /// <summary>The plan of a day in lower case; empty for none, null on a day it changed.</summary>
    public string? PlanOn(int day) => Account.Plans.On(day, Facts.Plan ?? "");

    /// <summary>
    /// What the account paid a month at a day's end, in the model's currency: what was said by then, else its plan's price of that day.
    /// </summary>
    public double PriceOn(int day) =>
        Account.Prices.On(day) is { } said ? said
        : (PlanOn(day) ?? PlanOn(day + 1)) is { Length: > 0 } plan && Model.PlanOf(plan) is { } known ? known.Price
        : Facts.Price;

    /// <summary>Whom the account is compared with today, at the age it had when something happened last.</summary>
    public Cohort Cohort => CohortOf(PlanOn(Today) ?? Facts.Plan, Math.Min(Today, Usage.NewestDay ?? Today));

    /// <summary>Whom the account is compared with while on a plan, at the age it had on a day.</summary>
    public Cohort CohortOf(string? plan, int day) => Cohort.Of(plan, Math.Max(1, Account.People), day - (StartDay ?? day));

    /// <summary>
    /// Value a month over what a month costs, by the last so many whole days; null for accounts that pay nothing, are not as old as that,
    /// or whose value is not wholly known.
    /// </summary>
    public double? ValuePerPrice(int days)
    {
        int from = Today - days;
        return Facts.Price > 0 && Usage.FirstDay <= from && KnowsValueFrom(from)
            ? Math.Max(0, Usage.Value(from, Yesterday)) / days * DaysOfPrice / Facts.Price
            : null;
    }
}
