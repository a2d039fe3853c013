using Signals.Backtesting;
using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.Friction;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;
using Signals.Local.Backtest;
using Signals.Testing;

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
        LongTests.Only();
        var listeners = await ListenersAsync();
        var errors = Naming.Of(listeners, "errors");
        var thumbsDown = Naming.Of(listeners, "thumbs-down");
        var adverts = Naming.Of(listeners, "adverts");
        var auc = Interval.OfAuc([
            .. listeners
                .Where(listener => listener.Has("adverts") || listener.Configured == "none")
                .Select(listener => new Scored(listener.WeightOf("adverts"), listener.Has("adverts"))),
        ]);
        var well = listeners.Where(listener => listener.Configured is "none" or "happy").ToList();
        var alerted = Interval.OfShare(well.Count(listener => listener.IsAlerted), well.Count);
        TestContext.Current.SendDiagnosticMessage(
            $"errors {errors}; thumbs-down {thumbsDown}; adverts {adverts}, AUC {auc}; alerted without cause {alerted}"
        );

        Assert.True(errors.Recall.Value > 0.8 && errors.Precision.Value > 0.7, $"{errors}");
        // docs/decisions/thumbs-down.md tells why the recall that was asked for, 80%, lies within the interval only: the counts do not hold
        // more.
        Assert.True(thumbsDown.Recall.High > 0.8 && thumbsDown.Recall.Value > 0.7, $"{thumbsDown}");
        Assert.True(thumbsDown.Precision.Value > 0.7, $"{thumbsDown}");
        Assert.True(auc.Low > 0.8, $"{auc}");
        Assert.True(alerted.High < 0.1, $"{alerted}");
    }

    private static async Task<IReadOnlyList<Listener>> ListenersAsync()
    {
        string folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        string events = Path.Combine(folder, "eventsim.ndjson.gz"),
            truth = Path.Combine(folder, "eventsim-truth.csv");
        Assert.SkipUnless(
            File.Exists(events) && File.Exists(truth),
            $"eventsim.ndjson.gz and eventsim-truth.csv are not in {folder}; SIGNALS_SHARED_DATA may name another folder."
        );
        var configured = File.ReadLines(truth)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
        var model = ValueModelReader.ReadFile(Path.Combine(Repository.Root, "samples", "music-streaming.json"), CauseCatalogue.All).Model!;
        var replay = new Replay(model);
        using var file = EventFile.Open(events);
        await new EventPipeline(file, new EventLineParser(DateTimeOffset.UtcNow)).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, id) in block.Events.Where(item => !model.Churn.Events.Contains(item.Event.Name)))
                    replay.Fold(usageEvent, id);
            },
            TestContext.Current.CancellationToken
        );

        var contexts = replay.Accounts.Values.Where(replay.IsReviewed).Select(account => ContextOf(replay, account)).ToList();
        var survey = new CohortSurvey();
        foreach (var context in contexts)
            survey.Add(context.Account, [context]);
        var norms = survey.ToNorms(model, 0);
        return
        [
            .. contexts
                .Where(context => context.Usage.CountEver(["NextSong"]) >= LeastSongs)
                .Select(context =>
                    Listener.Of(context with { Account = context.Account with { Norms = norms } }, configured[context.Account.Facts.Id])
                ),
        ];
    }

    private static PersonContext ContextOf(Replay replay, ReplayAccount account)
    {
        var person = account.People.All.Single();
        var usage = new UsageView(person.History, replay.Model);
        return new PersonContext(
            person,
            usage,
            new AccountContext(
                account.State,
                AccountFacts.Of(account.State, replay.Model),
                usage,
                replay.Model,
                replay.Known,
                usage.NewestDay!.Value
            )
        );
    }

    private sealed record Listener(
        string Configured,
        IReadOnlyList<PersonCause> Friction,
        IReadOnlyList<RuleFinding> Weighed,
        bool IsAlerted
    )
    {
        public static Listener Of(PersonContext context, string configured)
        {
            var assessment = PersonAssessor.Assess(context);
            var people = PeopleSummary.None.With(context.Person.Key.Value, PersonFinding.None, assessment.Finding);
            var found = AccountAssessor.Assess(context.Account, people, new Dictionary<string, PersonAssessment>(), RiskLevel.Healthy);
            var friction = assessment.Finding.Causes.Where(cause => cause.Cause == CauseIds.Friction).ToList();
            return new Listener(
                configured,
                friction,
                FrictionRule.Weigh(context),
                friction.Count > 0 && found.Risk.Level >= RiskLevel.AtRisk
            );
        }

        public bool Has(string kind) => Configured.Split('+').Contains(kind);

        public bool Names(string kind) => Friction.Any(cause => cause.Detail == kind);

        /// <summary>The confidence of a kind, whether it was enough to name it or not.</summary>
        public double WeightOf(string kind) => Weighed.FirstOrDefault(finding => finding.Detail == kind)?.Confidence ?? 0;
    }

    private sealed record Naming(Interval Recall, Interval Precision)
    {
        public static Naming Of(IReadOnlyList<Listener> listeners, string kind)
        {
            int right = listeners.Count(listener => listener.Has(kind) && listener.Names(kind));
            return new Naming(
                Interval.OfShare(right, listeners.Count(listener => listener.Has(kind))),
                Interval.OfShare(right, listeners.Count(listener => listener.Names(kind)))
            );
        }

        public override string ToString() => $"recall {Recall}, precision {Precision}";
    }

    /// <summary>A figure and where it lies with 95% confidence.</summary>
    private sealed record Interval(double Value, double Low, double High, string Of)
    {
        private const double Z = 1.96;
        private const int Draws = 1000;

        /// <summary>Wilson, "Probable inference, the law of succession, and statistical inference" (1927).</summary>
        public static Interval OfShare(int part, int whole)
        {
            double share = (double)part / whole,
                middle = share + Z * Z / (2 * whole),
                scale = 1 + Z * Z / whole;
            double reach = Z * Math.Sqrt((share * (1 - share) + Z * Z / (4 * whole)) / whole);
            return new Interval(share, (middle - reach) / scale, (middle + reach) / scale, $" ({part} of {whole})");
        }

        /// <summary>By drawing listeners with replacement.</summary>
        public static Interval OfAuc(IReadOnlyList<Scored> scored)
        {
            var random = new Random(1);
            var drawn = Enumerable
                .Range(0, Draws)
                .Select(_ => Ranking.Auc([.. scored.Select(_ => scored[random.Next(scored.Count)])]))
                .OfType<double>()
                .Order()
                .ToList();
            return new Interval(
                Ranking.Auc(scored)!.Value,
                drawn[(int)(drawn.Count * 0.025)],
                drawn[(int)(drawn.Count * 0.975)],
                $" (of {scored.Count})"
            );
        }

        public override string ToString() => $"{Value:0.000} [{Low:0.000}, {High:0.000}]{Of}";
    }
}
