using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.FirstWeeks;

/// <summary>
/// A customer's first week by lot: people who look around, set up within the times of the model, get their value, meet errors, and mostly
/// have a trial that ends soon. Looked at whenever one likes.
/// </summary>
internal sealed class FirstWeek
{
    public static readonly ValueModel Groups = ModelOf(StoryModels.OfGroups);
    public static readonly ValueModel People = ModelOf(StoryModels.OfPeople);

    private readonly ValueModel _model;
    private readonly AccountState _account;
    private readonly List<PersonState> _people = [];
    private readonly List<(PersonState Person, string Name, DateTimeOffset At)> _happens = [];
    private readonly CohortNorms _norms;

    /// <param name="seed">Which.</param>
    /// <param name="norms">What is usual among others.</param>
    public FirstWeek(int seed, CohortNorms norms)
    {
        var random = new Random(seed);
        _norms = norms;
        _model = seed % 2 == 0 ? Groups : People;
        Start = SignalsWorld.Start.AddDays(random.Next(200)).AddMinutes(random.Next(24 * 60));
        _account = new AccountState(
            _model.Accounts == AccountsMode.Group ? AccountKey.Group("acme") : AccountKey.Own(PersonKey.User("p0")),
            "acme"
        )
        {
            People = _model.Accounts == AccountsMode.Group ? random.Next(1, 5) : 1,
        };
        Is("plan", random.Next(3) == 0 ? "free" : "pro");
        if (random.Next(3) > 0)
            Is("trialEndsAt", Start.AddDays(random.Next(7, 31)).ToString("O"));
        if (random.Next(2) == 0)
            Is("createdAt", Start.ToString("O"));
        for (int i = 0; i < _account.People; i++)
            _people.Add(Live(new PersonState(PersonKey.User($"p{i}")), i, random));
        _happens.Sort((a, b) => a.At.CompareTo(b.At));
    }

    public DateTimeOffset Start { get; }

    /// <summary>The review that a look at a moment would make, the level before being healthy.</summary>
    public Assessment At(DateTimeOffset moment) =>
        AccountAssessor.Assess(Look(moment, out var people, out var details), people, details, RiskLevel.Healthy);

    /// <summary>The account at a moment, with what happened up to then.</summary>
    public AccountContext Look(DateTimeOffset moment, out PeopleSummary people, out Dictionary<string, PersonAssessment> details)
    {
        while (_happens.Count > 0 && _happens[0].At <= moment)
        {
            var (person, name, at) = _happens[0];
            _happens.RemoveAt(0);
            person.History.Record(name, at, mentioned: true, []);
            if (_account.Key.IsGroup)
                _account.History.Record(name, at, mentioned: true, []);
        }
        var context = AccountContext.Of(
            _account,
            _account.Key.IsGroup ? null : _people[0].History,
            _model,
            new Since(Start),
            Days.Of(moment)
        ) with
        {
            Norms = _norms,
            Moment = moment,
        };
        people = PeopleSummary.None;
        details = new(StringComparer.Ordinal);
        foreach (var person in _people.Where(person => person.History.First is not null))
        {
            var usage = _account.Key.IsGroup ? new UsageView(person.History, _model) : context.Usage;
            var assessment = PersonAssessor.Assess(new PersonContext(person, usage, context));
            details[person.Key.Value] = assessment;
            people = people.With(person.Key.Value, PersonFinding.None, assessment.Finding);
        }
        return context with { People = people };
    }

    private PersonState Live(PersonState person, int which, Random random)
    {
        double joins = which == 0 ? 0 : random.NextDouble() * 3;
        Does("Signed Up", joins);
        for (double day = joins; day < 8; day += 0.2 + 2 * random.NextDouble())
            Does(
                random.Next(4) switch
                {
                    0 => "Something Else",
                    1 => "Error",
                    _ => "Report Shared",
                },
                day
            );
        if (which == 0)
        {
            Does("Report Shared", random.NextDouble() * 4);
            double tries = random.NextDouble() * 2;
            Does("Import Started", tries);
            Does("Users Imported", tries + 0.01 + random.NextDouble() * 0.2);
        }
        double profile = joins + random.NextDouble() * 4;
        Does("Profile Opened", profile);
        Does("Profile Saved", profile + 0.005);
        if (random.Next(4) == 0)
            Does("Feed Read", joins + random.NextDouble() * 6);
        return person;

        void Does(string name, double days) => _happens.Add((person, name, Start.AddDays(days)));
    }

    private void Is(string trait, string value) => _account.Profile.Set(trait, value, Start, 1);

    private static ValueModel ModelOf(ValueModel model) =>
        model.WithSetUp().WithFeatures() with
        {
            Causes = CauseSettings.Usual,
            Friction = [new FrictionKind("errors", "errors", ["Error"])],
            LeaveIntent = ["Cancel Viewed"],
            Reach = new ReachDefinition(["Report Shared"], null),
        };

    /// <summary>Everything has been collected for a month before the customer came.</summary>
    private sealed class Since(DateTimeOffset start) : IKnownEvents
    {
        public int? EventSince(string name) => Days.Of(start) - 30;

        public int SumSince(string key) => 0;
    }
}
