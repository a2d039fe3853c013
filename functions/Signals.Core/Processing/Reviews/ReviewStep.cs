using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>One transaction's worth of a review in memory: what was read, what changes, and the operations that write it.</summary>
public sealed class ReviewStep
{
    /// <summary>Due rows that one transaction removes at most.</summary>
    public const int MaxRemovedDueRows = 40;

    private const int MinutesOfSpread = 240;

    private const int LeadersToWrite = 5;

    private readonly ValueModel _model;
    private readonly KnownEvents _known;
    private readonly CohortNorms _norms;
    private readonly Dictionary<string, PersonState> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonAssessment> _details = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changedPeople = new(StringComparer.Ordinal);
    private readonly HashSet<(int Day, PersonKey Person)> _removedDue = [];
    private readonly List<(int Day, PersonKey Person)> _newDue = [];
    private readonly List<OutreachRecord> _planned = [];
    private readonly AccountReview _before;

    private AccountReview _review;
    private Alert? _alert;
    private StoredAlert? _alertBefore;

    public ReviewStep(AccountState account, ValueModel model, KnownEvents known, CohortNorms norms, DateTimeOffset now)
    {
        Account = account;
        Now = now;
        Today = Days.Of(now);
        _model = model;
        _known = known;
        _norms = norms;
        _before = account.Review ?? new AccountReview { LevelSince = now };
        _review = _before;
        Context = ContextOf(account.History);
    }

    public AccountState Account { get; }

    public DateTimeOffset Now { get; }

    public int Today { get; }

    public AccountContext Context { get; private set; }

    public PersonState? OwnPerson { get; private set; }

    /// <summary>What this step plans, all of it inserted by <see cref="Operations"/>.</summary>
    public IReadOnlyList<OutreachRecord> Planned => _planned;

    /// <summary>When a wake-up must be written for, before the transaction; null when one stands already.</summary>
    private DateTimeOffset? NewWake { get; set; }

    public int? EarliestNewDue => _newDue.Count == 0 ? null : _newDue.Min(due => due.Day);

    /// <summary>True when the last review still holds: nothing was folded since, and time has not reached the day it named.</summary>
    public bool StillHolds =>
        !Account.Changed && _removedDue.Count == 0 && Account.Review is { } valid && valid.ReviewedAt != default && !(valid.NextReviewAt <= Now);

    /// <summary>True when the wake-up that the account counts on has passed: it brought us here, and stands for no other any more.</summary>
    public bool IsWakeSpent => Account.NextWake <= Now;

    /// <summary>Asks for the wake-up of a review that still holds, in place of the one that brought us here.</summary>
    public void Rearm() => Account.NextWake = NewWake = _review.NextReviewAt;

    /// <summary>The wake-ups to be written before the transaction.</summary>
    public IEnumerable<Wake> Wakes(TimeSpan sendWithin)
    {
        if (NewWake is { } at)
            yield return new Wake(at, WakeKind.Review, Account.Key);
        foreach (var record in _planned)
        {
            if (record.State == OutreachState.Planned)
                yield return new Wake(Now + sendWithin, WakeKind.Outreach, Account.Key, record.Id);
            if (EffectLog.MeasuredAt(record, _model) is { } measuredAt)
                yield return new Wake(measuredAt, WakeKind.Outreach, Account.Key, record.Id);
        }
    }

    /// <summary>True when too many of the people that speak for the causes recovered: the others must be found again.</summary>
    public bool IsWorn => _review.People.IsWorn();

    /// <summary>
    /// True while all people must be read: what their findings rest on changed since the last full reading, or such a reading was begun.
    /// </summary>
    public bool BeginPassIfNeeded()
    {
        string basis = FindingBasis.Of(Context);
        if (_review.Basis == basis && _review.Pass is null && !IsWorn)
            return false;
        if (_review.Pass != basis)
            _review = _review with { Pass = basis, PassAfter = null, People = PeopleSummary.None };
        Account.Review = _review;
        // Until the pass has ended in an assessment, the last one does not hold.
        Account.Changed = true;
        return true;
    }

    public void EndPassPage(IReadOnlyList<PersonState> people, bool last) => _review = last
        ? _review with { Basis = _review.Pass!, Pass = null, PassAfter = null }
        : _review with { PassAfter = people[^1].Key.Value };

    /// <summary>A person's own account has that person's history.</summary>
    public void UseOwnHistory(PersonState? person)
    {
        OwnPerson = person;
        if (person is null)
            return;
        _people[person.Key.Value] = person;
        Context = ContextOf(person.History);
    }

    public void RemoveDueRows(IEnumerable<(int Day, PersonKey Person)> due) => _removedDue.UnionWith(due);

    public bool IsRemoved(int day, PersonKey person) => _removedDue.Contains((day, person));

    public PersonState? Loaded(string person) => _people.GetValueOrDefault(person);

    /// <summary>Assesses a person that is due, moves their due day, and plans what they are written.</summary>
    public void Assess(PersonState person, OutreachPlanner planner)
    {
        var context = ContextOf(person);
        var assessment = PersonAssessor.Assess(context);
        // A pass begins with an empty summary, so what an earlier model found in a person is not in it.
        var before = _review.Pass is null ? person.Finding : PersonFinding.None;
        _review = _review with { People = _review.People.With(person.Key.Value, before, assessment.Finding) };
        person.Finding = assessment.Finding;
        _people[person.Key.Value] = person;
        _details[person.Key.Value] = assessment;
        _changedPeople.Add(person.Key.Value);
        if (person.DueDay is { } old && Account.Key.IsGroup && old <= Today)
            _removedDue.Add((old, person.Key));
        person.DueDay = PersonAssessor.NextChange(context, assessment.Finding);
        if (planner.ForPerson(context, assessment, Now) is { } record)
            Plan(record, person);
        if (planner.NextChance(context, assessment, Now) is { } chance && !(person.DueDay <= chance))
            person.DueDay = chance;
        if (person.DueDay is { } due)
            _newDue.Add((due, person.Key));
    }

    /// <summary>The people quoted as evidence that are not loaded yet: the most telling of each cause.</summary>
    public IEnumerable<string> TellingToLoad() =>
        _review.People.Telling.GroupBy(entry => (entry.Cause, entry.Cause is CauseIds.Friction or CauseIds.FeatureSunset ? entry.Detail : null)).Select(cause => cause.First().Person)
            .Distinct(StringComparer.Ordinal).Where(person => !_details.ContainsKey(person)).ToList();

    public void AddDetails(PersonState person)
    {
        _people[person.Key.Value] = person;
        _details[person.Key.Value] = PersonAssessor.Assess(ContextOf(person));
    }

    /// <summary>Assesses the account and notes a change of level.</summary>
    public void Finish()
    {
        var level = _before.Assessment.Risk.Level;
        var assessment = AccountAssessor.Assess(Context, _review.People, _details, level);
        bool moved = assessment.Risk.Level != level, left = Context.IsChurned;
        // Who had left before anybody looked is no news.
        bool isNews = moved || (left != _before.Left && _before.ReviewedAt != default);
        _review = _review with
        {
            Left = left,
            Trail = _before.Trail.With(new TrailPoint(Today, assessment.Health.Score, assessment.Risk.Score, assessment.Risk.Level)),
            Moves = isNews ? [.. _before.Moves, new LevelMove(Now, level, assessment.Risk.Level, left)] : _before.Moves,
            ReviewedAt = Now,
            Assessment = assessment,
            LevelSince = moved ? Now : _before.LevelSince,
            PreviousLevel = moved ? level : _before.PreviousLevel,
        };
        Account.Changed = false;
    }

    /// <summary>True when the account's alert is changed by this step: it is to be tended afterwards.</summary>
    public bool ChangesAlert => _alert is not null;

    /// <summary>The causes of the account as a whole that may be written about now, what comes first before the others.</summary>
    public IReadOnlyList<FoundCause> Writable(OutreachPlanner planner)
    {
        if (Account.FirstLiveAt is null)
            return [];
        var whole = Context with { People = _review.People };
        return [.. planner.OfAccount(Account.Key, _review.Assessment.Causes, _review.People).Where(cause => planner.MayWrite(whole, cause, Now))
            .OrderByDescending(cause => _model.PlaybookFor(cause.Id).Priority)];
    }

    /// <summary>
    /// The people that a message about these causes could be for: those with most value, most first, and those they were found in; the own person
    /// of a personal account.
    /// </summary>
    public IEnumerable<string> PeopleToWrite(IReadOnlyList<FoundCause> causes)
    {
        if (!Account.Key.IsGroup)
            return OwnPerson is null ? [] : [OwnPerson.Key.Value];
        var found = causes.SelectMany(cause => cause.People
            ?? [.. _review.People.Telling.Where(entry => entry.Cause == cause.Id && entry.Detail == cause.Detail).Take(FoundCause.MaxPeople).Select(entry => entry.Person)]);
        return _review.People.Leaders.Take(LeadersToWrite).Select(leader => leader.Person).Concat(found).Distinct(StringComparer.Ordinal);
    }

    /// <summary>True when one of them may be for whoever administers the account.</summary>
    public bool MayNeedAdmin(IReadOnlyList<FoundCause> causes) => causes.Any(cause => _model.PlaybookFor(cause.Id).To is Audience.Admin or Audience.Person);

    /// <param name="planner">Decides what is written.</param>
    /// <param name="writable">See <see cref="Writable"/>.</param>
    /// <param name="people">Those of the account's people that were read.</param>
    public void PlanAccountOutreach(OutreachPlanner planner, IReadOnlyList<FoundCause> writable, IReadOnlyList<PersonState> people)
    {
        foreach (var cause in writable)
        {
            if (planner.RecipientOf(Context with { People = _review.People }, cause, people) is { } person)
                PlanFor(person, cause, planner);
        }
    }

    /// <summary>Raises, changes or ends the account's alert.</summary>
    public void ChangeAlert(AlertRules alerts, StoredAlert? before)
    {
        var alert = alerts.AfterReview(Context, _review, before?.Alert, Now);
        // From now on the alert's own row says what was told.
        _review = _review with { AlertedLevel = RiskLevel.Healthy };
        if (alert is null || AlertRows.AreSame(alert, before?.Alert))
            return;
        _alert = AlertLists.Listed(alert, before?.Alert);
        _alertBefore = before;
    }

    /// <summary>Works out when time alone makes the account worth a review, and asks for a wake-up then.</summary>
    public void Schedule(int? nextPerson)
    {
        int? next = AccountAssessor.NextChange(Context, PeopleOn, _review.Assessment, before: nextPerson) ?? nextPerson;
        DateTimeOffset? at = null;
        if (next is { } day)
            at = day <= Today ? Now : Days.Start(day).AddMinutes(MessageHash.Of(Account.Key.Value) % MinutesOfSpread);
        // What was not planned because of a hold is planned when it ends.
        if (Account.Hold is { } hold && hold.StandsAt(Now) && !(at <= hold.Until))
            at = hold.Until;
        _review = _review with { NextReviewAt = at };
        bool stands = Account.NextWake > Now && Account.NextWake <= at;
        if (at is { } wake && !stands)
        {
            NewWake = wake;
            Account.NextWake = wake;
        }
        else if (at is null && Account.NextWake <= Now)
            Account.NextWake = null;
        Account.Review = _review;
    }

    public List<EntityOperation> Operations()
    {
        Account.Review = WithListRows(_review);
        var operations = new List<EntityOperation> { AccountRows.Save(Account) };
        foreach (string key in _changedPeople)
            operations.AddRange(AccountRows.Save(Account.Key, _people[key], Today));
        var added = _newDue.ToHashSet();
        operations.AddRange(_removedDue.Where(due => !added.Contains(due)).Select(due => EntityOperation.Delete(AccountRows.DueRow(due.Day, due.Person))));
        foreach (var (day, person) in _newDue)
            operations.AddRange(AccountRows.SaveDue(Account.Key, person, day));
        operations.AddRange(_planned.Select(OutreachRows.Insert));
        if (_alert is not null)
            operations.Add(AlertRows.Save(_alert, _alertBefore));
        return operations;
    }

    /// <summary>The lists put their rows into the account's review after this step's own changes.</summary>
    private AccountReview WithListRows(AccountReview review) => Account.Review is { } known
        ? review with { ListRows = known.ListRows, StaleListRows = known.StaleListRows, ListHash = known.ListHash, ListsWakeAt = known.ListsWakeAt, Moves = known.Moves }
        : review;

    /// <summary>What matters more takes the place of what this review was about to write to the same person.</summary>
    private void PlanFor(PersonState person, FoundCause cause, OutreachPlanner planner)
    {
        int priority = _model.PlaybookFor(cause.Id).Priority;
        var weaker = _planned.Where(other => other.Person == person.Key.Value && _model.PlaybookFor(other.Cause).Priority < priority).ToList();
        var before = person.Outreach.ToList();
        person.Outreach.RemoveAll(memory => weaker.Exists(other => other.Id == memory.OutreachId));
        if (planner.ForAccount(Context, cause, person, Now) is not { } record)
        {
            person.Outreach.Clear();
            person.Outreach.AddRange(before);
            return;
        }
        _planned.RemoveAll(weaker.Contains);
        _people[record.Person] = person;
        _changedPeople.Add(record.Person);
        Plan(record, person);
        OutreachMemory.Add(Account.Outreach, [OutreachPlanner.Memory(record)]);
    }

    private void Plan(OutreachRecord record, PersonState person)
    {
        _planned.Add(record);
        person.Remember(OutreachPlanner.Memory(record));
    }

    private PersonContext ContextOf(PersonState person) =>
        new(person, Account.Key.IsGroup ? new UsageView(person.History, _model) : Context.Usage, Context);

    private AccountContext ContextOf(History history) =>
        new(Account, AccountFacts.Of(Account, _model), new UsageView(history, _model), _model, _known, Today) { Norms = _norms };

    /// <summary>
    /// The people as they will be found on a day to come. An own account's one person is read anew; a group's people are known up to the
    /// day on which the first of them is due.
    /// </summary>
    private PeopleSummary PeopleOn(int day) => Account.Key.IsGroup || OwnPerson is null
        ? _review.People
        : PeopleSummary.None.With(OwnPerson.Key.Value, PersonFinding.None, PersonAssessor.Assess(ContextOf(OwnPerson) with { Account = Context with { Today = day } }).Finding);
}
