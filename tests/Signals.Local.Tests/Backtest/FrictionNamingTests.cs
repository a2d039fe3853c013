using Signals.Core.Accounts;
using Signals.Core.Backtest;
using Signals.Core.Causes;
using Signals.Core.Cohorts;
using Signals.Core.Events;
using Signals.Core.Model;
using Signals.Core.Reviews;
using Signals.Core.Value;
using Signals.Local.Backtest;

namespace Signals.Local.Tests.Backtest;

/// <summary>
/// Which obstacle is named for each listener of a recorded stream, held against what the stream's authors configured. Everybody with 100
/// songs or more is looked at on the day of their last event, those who left just before they did; norms are of everybody at that moment.
/// </summary>
public sealed class FrictionNamingTests
{
    private const int LeastSongs = 100;

    [Fact]
    public async Task Obstacles_are_told_apart_and_those_who_met_none_are_left_alone()
    {
        var listeners = await ListenersAsync();
        var errors = Naming.Of(listeners, "errors");
        var thumbsDown = Naming.Of(listeners, "thumbs-down");
        var adverts = Naming.Of(listeners, "adverts");
        double? auc = Ranking.Auc([.. listeners.Where(listener => listener.Has("adverts") || listener.Configured == "none")
            .Select(listener => new Scored(listener.ConfidenceOf("adverts"), listener.Has("adverts")))]);
        var well = listeners.Where(listener => listener.Configured is "none" or "happy").ToList();
        int flagged = well.Count(listener => listener.IsAlerted);
        string figures = $"errors {errors}; thumbs-down {thumbsDown}; adverts {adverts}, AUC {auc:0.000}; alerted without cause {flagged} of {well.Count}";
        TestContext.Current.SendDiagnosticMessage(figures);
        File.WriteAllLines("/tmp/causes/conf.csv", listeners.Select(l => $"{l.Configured},{l.ConfidenceOf("errors"):0.0000},{l.ConfidenceOf("adverts"):0.0000},{l.ConfidenceOf("thumbs-down"):0.0000},{l.Counts}"));
        Assert.Fail(figures);
    }

    private static async Task<IReadOnlyList<Listener>> ListenersAsync()
    {
        string folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        string events = Path.Combine(folder, "eventsim.ndjson.gz"), truth = Path.Combine(folder, "eventsim-truth.csv");
        Assert.SkipUnless(File.Exists(events) && File.Exists(truth), $"eventsim.ndjson.gz and eventsim-truth.csv are not in {folder}; SIGNALS_SHARED_DATA may name another folder.");
        var configured = File.ReadLines(truth).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        var model = ValueModelReader.ReadFile(Path.Combine(Repository.Root, "samples", "music-streaming.json")).Model!;
        var replay = new Replay(model);
        using var file = EventFile.Open(events);
        await new EventPipeline(file, new EventLineParser(DateTimeOffset.UtcNow)).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, id) in block.Events.Where(item => !model.Churn.Events.Contains(item.Event.Name)))
                    replay.Fold(usageEvent, id);
            },
            TestContext.Current.CancellationToken);

        var contexts = replay.Accounts.Values.Where(replay.IsReviewed).Select(account => ContextOf(replay, account)).ToList();
        var survey = new CohortSurvey();
        foreach (var context in contexts)
            survey.Add(context.Account, [context]);
        var norms = survey.ToNorms(model, 0);
        return [.. contexts.Where(context => context.Usage.CountEver(["NextSong"]) >= LeastSongs).Select(context => Listener.Of(context with { Account = context.Account with { Norms = norms } }, configured[context.Account.Facts.Id]))];
    }

    private static PersonContext ContextOf(Replay replay, ReplayAccount account)
    {
        var person = account.People.Values.Single();
        var usage = new UsageView(person.History, replay.Model);
        return new PersonContext(
            person, usage,
            new AccountContext(account.State, AccountFacts.Of(account.State, replay.Model), usage, replay.Model, replay.Known, usage.NewestDay!.Value));
    }

    private sealed record Listener(string Configured, IReadOnlyList<PersonCause> Friction, bool IsAlerted, string Counts)
    {
        public static Listener Of(PersonContext context, string configured)
        {
            var assessment = PersonAssessor.Assess(context);
            var people = PeopleSummary.None.With(context.Person.Key.Value, PersonFinding.None, assessment.Finding);
            var found = AccountAssessor.Assess(context.Account, people, new Dictionary<string, PersonAssessment>(), RiskLevel.Healthy);
            var friction = assessment.Finding.Causes.Where(cause => cause.Cause == CauseIds.Friction).ToList();
            return new Listener(configured, friction, friction.Count > 0 && found.Risk.Level >= RiskLevel.AtRisk, string.Join(",", new[]{"errors","adverts","thumbs-down"}.Select(k => context.FrictionUse[k].All.Sum(x => x.Count))));
        }

        public bool Has(string kind) => Configured.Split('+').Contains(kind);

        public double ConfidenceOf(string kind) => Friction.FirstOrDefault(cause => cause.Detail == kind)?.Confidence ?? 0;
    }

    private sealed record Naming(int Right, int Named, int Suffering)
    {
        public double Recall => (double)Right / Suffering;

        public double Precision => (double)Right / Named;

        public static Naming Of(IReadOnlyList<Listener> listeners, string kind) => new(
            listeners.Count(listener => listener.Has(kind) && listener.ConfidenceOf(kind) > 0),
            listeners.Count(listener => listener.ConfidenceOf(kind) > 0), listeners.Count(listener => listener.Has(kind)));

        public override string ToString() => $"recall {Recall:0.00} ({Right} of {Suffering}), precision {Precision:0.00} (of {Named})";
    }
}
