using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Planning;
using Signals.Core.Response.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>
/// An account and its people in memory, told in days since <see cref="Start"/>: group "acme", or "ann" where people are the accounts. A
/// review's decision changes nothing here before <see cref="Apply"/>.
/// </summary>
internal sealed class ReviewStory
{
    public static readonly DateTimeOffset Start = SignalsWorld.Start;

    private const int PageSize = 2;

    private readonly ReviewDecider _decider;
    private readonly ValueModel _model;
    private readonly Dictionary<string, PersonState> _people = new(StringComparer.Ordinal);
    private readonly SortedSet<(int Day, PersonKey Person)> _due = new(
        Comparer<(int Day, PersonKey Person)>.Create(
            (a, b) => a.Day != b.Day ? a.Day.CompareTo(b.Day) : string.CompareOrdinal(a.Person.Value, b.Person.Value)
        )
    );

    public ReviewStory(ValueModel model)
    {
        _model = model;
        _decider = new ReviewDecider(model, new OutreachPlanner(model), new AlertRules(model));
        Account =
            model.Accounts == AccountsMode.Group
                ? new AccountState(AccountKey.Group("acme"), "acme")
                : new AccountState(AccountKey.Own(PersonKey.User("ann")), "ann");
    }

    public AccountState Account { get; }

    public Alert? Alert { get; private set; }

    public CohortNorms Norms { get; set; } = CohortNorms.None;

    /// <summary>Somebody asked for the reviews.</summary>
    public bool IsAsked { get; set; }

    public IReadOnlyCollection<(int Day, PersonKey Person)> Due => _due;

    public static DateTimeOffset At(double day) => Start.AddDays(day);

    public static int Day(double day) => Days.Of(At(day));

    public PersonState Person(string id) => _people[PersonKey.User(id).Value];

    /// <summary>A person did something at nine in the morning of some days, as it happened.</summary>
    public ReviewStory Did(string person, string name, params IEnumerable<int> days)
    {
        var state = PersonOf(person);
        foreach (int day in days)
        {
            var at = At(day).AddHours(9);
            state.History.Record(name, at, mentioned: true, []);
            if (Account.Key.IsGroup)
                Account.History.Record(name, at, mentioned: true, []);
            state.FirstLiveAt ??= at;
            Account.FirstLiveAt ??= at;
            Account.Changed = true;
            if (state.DueDay is not { } due || due > Days.Of(at))
                state.DueDay = Days.Of(at);
        }
        if (Account.Key.IsGroup)
            _due.Add((state.DueDay!.Value, state.Key));
        return this;
    }

    /// <summary>All of it was imported: nothing happened live.</summary>
    public ReviewStory Imported()
    {
        Account.FirstLiveAt = null;
        foreach (var person in _people.Values)
            person.FirstLiveAt = null;
        return this;
    }

    public ReviewStory With(Action<AccountState> change)
    {
        change(Account);
        return this;
    }

    /// <summary>What a look at the account on a day decides.</summary>
    public ReviewDecision Decide(double day)
    {
        var input = InputOn(day);
        if (!_decider.Covers(input))
            return ReviewDecider.Withdraw(input);
        var scope = _decider.Begin(input);
        var read = Next(scope);
        if (scope.StillHolds && read.IsEmpty)
            return ReviewDecider.Confirm(scope);
        var people = _decider.LookAt(scope, read);
        if (!people.AreComplete)
            return ReviewDecider.Pause(people);
        var found = Assess(people);
        // Where nobody is named, whoever there is may suit.
        var audience = found.Candidates.Count > 0 ? found.Candidates : [.. _people.Keys];
        return _decider.Decide(found, [.. audience.Select(key => found.Known.GetValueOrDefault(key) ?? _people[key])]);
    }

    /// <summary>What a look at the account on a day finds, of whose people nobody is left to be looked at first.</summary>
    public AccountFindings Find(double day)
    {
        var scope = _decider.Begin(InputOn(day));
        return Assess(_decider.LookAt(scope, Next(scope)));
    }

    /// <summary>Whom a look at the account on a day looks at.</summary>
    public ReviewScope Begin(double day) => _decider.Begin(InputOn(day));

    private AccountFindings Assess(PeopleFindings people) => _decider.Assess(people, [.. people.Quoted.Select(key => _people[key])]);

    private ReviewInput InputOn(double day) =>
        new(Account, Norms, new AllKnown(), At(day))
        {
            Alert = Alert is null ? null : new StoredAlert(Alert, "1"),
            Due = Account.Key.IsGroup ? [.. _due] : [],
            OwnPerson = Account.Key.IsGroup ? null : _people.GetValueOrDefault(Account.Key.Value),
            IsAsked = IsAsked,
        };

    /// <summary>Makes a decision come true.</summary>
    public void Apply(ReviewDecision decision)
    {
        if (decision.Account is { } change)
        {
            Account.Review = change.Review;
            Account.Changed = change.Changed;
            Account.NextWake = change.NextWake;
            OutreachMemory.Add(Account.Outreach, change.Told);
        }
        foreach (var person in decision.People)
            _people[person.Key.Value] = person;
        _due.ExceptWith(decision.DueRemoved);
        _due.UnionWith(decision.DueAdded);
        Alert = decision.Alert ?? Alert;
    }

    /// <summary>Reviews on a day until the account is assessed, and makes each decision come true; the last one is returned.</summary>
    public ReviewDecision Review(double day)
    {
        while (true)
        {
            var decision = Decide(day);
            Apply(decision);
            if (decision.Outcome != ReviewOutcome.MoreToLookAt)
                return decision;
        }
    }

    /// <summary>All rows as they would be stored.</summary>
    public string Rows() =>
        string.Join(
            '\n',
            _people.Values.Select(person => person.Pack()).Append(Account.Pack()).Append(Account.PackReview()).Select(Convert.ToHexString)
        );

    private PeopleRead Next(ReviewScope scope)
    {
        if (!scope.IsGroup)
            return scope is { IncludesOwnPerson: true, Input.OwnPerson: { } own } ? new PeopleRead([own], [], false) : PeopleRead.Nobody;
        var waiting = scope.IsPass
            ? _people.Values.Where(person => string.CompareOrdinal(person.Key.Value, scope.Review.PassAfter) > 0)
            : _people.Values.Where(person => person.DueDay <= scope.Input.Today);
        if (scope.LooksAtWaiting)
            waiting = scope.Before.Waiting.Select(key => _people[key]);
        var people = waiting.OrderBy(person => person.Key.Value, StringComparer.Ordinal).ToList();
        var first = people.Take(PageSize).ToList();
        return new PeopleRead(first, [], people.Count > first.Count);
    }

    private PersonState PersonOf(string id)
    {
        var key = PersonKey.User(id);
        if (_people.TryGetValue(key.Value, out var known))
            return known;
        var person = new PersonState(key);
        person.NoteIds(id, null);
        person.Profile.Set(Traits.Email, $"{id}@example.com", Start, 1);
        Account.People++;
        return _people[key.Value] = person;
    }

    internal sealed class AllKnown : IKnownEvents
    {
        public int? EventSince(string name) => 1;

        public int SumSince(string key) => 0;
    }
}
