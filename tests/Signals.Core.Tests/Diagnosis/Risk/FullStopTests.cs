using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Risk;

/// <summary>
/// People with a daily habit, drawn by a seed: who stops altogether is seen within days, and who goes on with days off and public holidays is
/// left alone. Only the score is asked, before any cause is found.
/// </summary>
public sealed class FullStopTests
{
    private const int People = 300;

    private static readonly ValueModel Model = StoryModels.OfPeople;
    private static readonly int First = Days.Of(SignalsWorld.Start);

    /// <summary>Two long weekends and a week between the years, on which hardly anybody comes.</summary>
    private static readonly HashSet<int> Holidays =
    [
        .. Enumerable.Range(First + 40, 4),
        .. Enumerable.Range(First + 95, 4),
        .. Enumerable.Range(First + 130, 8),
    ];

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public void Nine_in_ten_who_stop_after_a_daily_habit_are_flagged_within_four_days(int habitDays)
    {
        int[] flaggedAfter = new int[10];
        for (int person = 0; person < People; person++)
        {
            var random = new Random(person);
            int stops = First + habitDays + random.Next(0, 7);
            var history = Live(random, from: First, until: stops, daily: true);
            for (int days = 1; days < flaggedAfter.Length; days++)
                flaggedAfter[days] += IsFlagged(history, stops + days) ? 1 : 0;
        }

        string curve = string.Join(", ", flaggedAfter.Skip(1).Select((flagged, i) => $"{i + 1}: {100 * flagged / People}%"));
        Assert.True(flaggedAfter[4] >= 0.9 * People, curve);
        Assert.True(flaggedAfter[1] <= 0.02 * People, curve);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Steady_people_with_holidays_are_hardly_ever_flagged(bool daily)
    {
        const int Months = 4;
        int alarms = 0;
        for (int person = 0; person < People; person++)
        {
            var history = Live(new Random(1000 + person), from: First, until: First + 30 + 30 * Months, daily);
            bool before = false;
            for (int today = First + 31; today <= First + 30 + 30 * Months; today++)
            {
                bool flagged = IsFlagged(Until(history, today), today);
                alarms += flagged && !before ? 1 : 0;
                before = flagged;
            }
        }

        Assert.True(alarms <= 0.02 * People * Months, $"{alarms} false alarms in {People * Months} months");
    }

    [Fact]
    public void Five_hundred_first_weeks_at_the_usual_pace_raise_no_flag_and_tell_of_no_time_that_was_not_there()
    {
        for (int person = 0; person < 500; person++)
        {
            var random = new Random(5000 + person);
            var history = new History();
            for (int day = 0; day < 7; day++)
            {
                if (day == 0 || random.NextDouble() < 0.5)
                    history.Record("Session", Days.Start(First + day).AddHours(9), true, []);
                if (day >= 1 && random.NextDouble() < 0.4)
                    history.Record("Report Shared", Days.Start(First + day).AddHours(10), true, []);
                var subject = Subject(Until(history, First + day + 1), First + day + 1, created: First);
                var risk = RiskScore.Of(Model).Assess(subject, RiskLevel.Healthy, explained: true);
                Assert.True(risk.Level < RiskLevel.AtRisk, $"person {person}, day {day}: {risk.Score}");
                Assert.DoesNotContain(risk.RaisedBy, reason => NumberOfDays(reason.Text.En) > day + 2);
            }
        }
    }

    /// <summary>The largest number of days that a sentence tells of; 0 when it tells of none.</summary>
    private static double NumberOfDays(string sentence)
    {
        string[] words = sentence.Split([' ', ';', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words
            .Zip(words.Skip(1))
            .Where(pair => pair.Second is "day" or "days")
            .Select(pair => double.Parse(pair.First))
            .DefaultIfEmpty(0)
            .Max();
    }

    /// <summary>Comes on nineteen days of twenty, on working days or daily, and hardly on a holiday.</summary>
    private static History Live(Random random, int from, int until, bool daily)
    {
        var history = new History();
        for (int day = from; day < until; day++)
        {
            bool isWeekend = Days.Start(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            double comes =
                Holidays.Contains(day) ? 0.1
                : daily || !isWeekend ? 0.95
                : 0.05;
            if (random.NextDouble() < comes)
            {
                for (int times = random.Next(2, 7); times > 0; times--)
                    history.Record("Report Shared", Days.Start(day).AddHours(9), true, []);
            }
        }
        return history;
    }

    private static History Until(History history, int today)
    {
        var known = new History();
        foreach (var bucket in history.Buckets.Where(bucket => bucket.Day < today))
        {
            foreach (string name in new[] { "Report Shared", "Session" })
            {
                for (long times = history.NameOf(name) is >= 0 and var index ? bucket.Count(index) : 0; times > 0; times--)
                    known.Record(name, Days.Start(bucket.Day).AddHours(9), true, []);
            }
        }
        return known;
    }

    private static bool IsFlagged(History history, int today) =>
        RiskScore.Of(Model).Assess(Subject(history, today), RiskLevel.Healthy, explained: false).Level >= RiskLevel.AtRisk;

    private static RiskSubject Subject(History history, int today, int? created = null)
    {
        var account = new AccountState(AccountKey.Group("ann"), "ann");
        if (created is { } day)
            account.Profile.Set("createdAt", Days.Start(day).ToString("O"), SignalsWorld.Start, 1);
        var norms = new CohortNorms { Fingerprint = "" };
        foreach (int holiday in Holidays)
            norms.AddDip(holiday);
        var context = new AccountContext(
            account,
            AccountFacts.Of(account, Model),
            new UsageView(history, Model),
            Model,
            new KnownEvents(new InMemoryEntityStore(), TimeProvider.System),
            today
        )
        {
            Norms = norms,
        };
        bool active = context.Usage.Value(today - 30, today) >= 15;
        return new RiskSubject(context, PeopleSummary.None with { Reviewed = 1, Active = active ? 1 : 0 }, []);
    }
}
