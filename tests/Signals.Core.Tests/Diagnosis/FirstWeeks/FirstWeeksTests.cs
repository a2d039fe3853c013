using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.FirstWeeks;

/// <summary>
/// Five hundred first weeks: nothing is said of time that there was not, and nobody is flagged who sets up at the usual pace.
/// </summary>
public sealed class FirstWeeksTests
{
    private const int Weeks = 500;

    /// <summary>Hours after the start: minutes, hours, each night's review and each evening.</summary>
    private static readonly double[] Hours =
    [
        0.02,
        0.5,
        6,
        23,
        25,
        .. Enumerable.Range(2, 6).SelectMany(day => new[] { day * 24 - 5.0, day * 24 + 3 }),
    ];

    [Fact]
    public void No_sentence_is_about_time_that_was_not_there()
    {
        int sentences = 0;
        foreach (var (week, moment, assessment) in Looks())
        {
            foreach (string text in Sentences(assessment).SelectMany(phrase => new[] { phrase.In("en"), phrase.In("fr") }))
            {
                sentences++;
                Assert.True(TimeClaims.FalseIn(text, week.Start, moment) is null, $"{moment - week.Start} after the start: {text}");
            }
            foreach (var since in assessment.Causes.SelectMany(cause => cause.Evidence).Select(line => line.Since).OfType<DateOnly>())
                Assert.InRange(since, DateOnly.FromDateTime(week.Start.UtcDateTime), DateOnly.FromDateTime(moment.UtcDateTime));
        }
        Assert.True(sentences > 10 * Weeks, $"{sentences} sentences");
    }

    [Fact]
    public void Nobody_who_sets_up_at_the_usual_pace_is_flagged_or_unwell()
    {
        foreach (var (week, moment, assessment) in Looks())
        {
            string when =
                $"{moment - week.Start} after the start: {string.Join("; ", assessment.Risk.RaisedBy.Select(reason => reason.Text.En))}";
            Assert.True(assessment.Risk.Level < RiskLevel.AtRisk, when);
            Assert.True(assessment.Health.Score > 0, when);
            Assert.DoesNotContain(assessment.Causes, cause => cause.Id == CauseIds.OnboardingStalled && cause.Confidence == 0.6);
        }
    }

    [Fact]
    public void Every_explanation_adds_up_to_its_score_and_has_the_sign_that_sense_knows()
    {
        for (int seed = 0; seed < Weeks; seed += 10)
        {
            var week = new FirstWeek(seed, CohortNorms.None);
            foreach (double hours in Hours)
            {
                var context = week.Look(week.Start.AddHours(hours), out var people, out var details);
                var assessment = Core.Diagnosis.Assessors.AccountAssessor.Assess(context, people, details, RiskLevel.Healthy);
                var subject = new RiskSubject(context, people, assessment.Causes);
                var (usual, parts) = RiskScore.Of(context.Model).Explain(subject);
                Assert.Equal(assessment.Risk.LogOdds, usual + parts.Sum(part => part.Added), 1e-3);
                Assert.All(assessment.Risk.RaisedBy, reason => Assert.True(reason.Added > 0));
                Assert.Equal(assessment.Health.Score, assessment.Health.Parts.Sum(part => part.Points));
            }
        }
    }

    [Theory]
    [InlineData("0 minutes of value in 30 days", 8, false)]
    [InlineData("unused in 30 days", 720, true)]
    [InlineData("0 minutes of value since 3 March 2025", 8, true)]
    [InlineData("0 minutes of value since 2 March 2025", 8, false)]
    [InlineData("de valeur depuis le 2 mars 2025", 8, false)]
    [InlineData("0 minutes in the 14 days up to 10 March 2025", 168, false)]
    [InlineData("3 tickets within 2 days", 47, false)]
    [InlineData("within 30 hours", 29, false)]
    [InlineData("their renewal is on 17 March 2025", 1, true)]
    [InlineData("leur essai se termine le 17 mars 2025", 1, true)]
    public void The_program_that_reads_sentences_knows_time_that_was_not_there(string text, double hours, bool isTrue)
    {
        var start = new DateTimeOffset(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal(isTrue, TimeClaims.FalseIn(text, start, start.AddHours(hours)) is null);
    }

    [Fact]
    public async Task No_alert_and_no_mail_of_a_first_week_speaks_of_time_that_was_not_there()
    {
        var model = FirstWeek.Groups;
        var playbooks = new[] { CauseIds.OnboardingStalled, CauseIds.ValueNotFound }.Select(cause =>
            model.PlaybookFor(cause) with
            {
                Alert = RiskLevel.Healthy,
            }
        );
        var world = await SignalsWorld.WithAsync(model with { Playbooks = playbooks.ToDictionary(playbook => playbook.Cause) });
        for (int i = 0; i < 8; i++)
        {
            var person = world.Given($"p{i}").HasEmail();
            var joins = person.Joins($"customer-{i}").With("plan", "pro").With("trialEndsAt", world.At(9).ToString("O"));
            joins.On(0).Browses().On(1, 2, 3, 5, 6, 7);
            if (i % 2 == 0)
                person.Tracks("Import Failed").Times(1 + i % 3).On(i % 3);
            if (i % 4 > 1)
                person.Tracks("Profile Opened").On(1);
        }
        int told = 0;
        for (int day = 0; day <= 8; day++)
        {
            await world.AdvanceToAsync(day);
            for (int i = 0; i < 8; i++)
            {
                foreach (var record in await world.OutreachAsync($"customer-{i}"))
                {
                    told++;
                    var evidence = record.Variables.Causes.SelectMany(cause => cause.Evidence).Concat(record.Variables.Evidence);
                    string[] said =
                    [
                        .. evidence.SelectMany(line => new[] { line.Text, line.Value }),
                        .. record.Variables.RaisedBy,
                        record.Variables.Moment,
                    ];
                    Assert.All(said, text => Assert.Null(TimeClaims.FalseIn(text, world.At(0), record.PlannedAt)));
                }
            }
        }
        Assert.True(told > 20, $"{told} messages and alerts");
    }

    private static IEnumerable<(FirstWeek Week, DateTimeOffset Moment, Assessment Assessment)> Looks()
    {
        var others = Norms();
        for (int seed = 0; seed < Weeks; seed++)
        {
            var week = new FirstWeek(seed, seed % 4 < 2 ? CohortNorms.None : others);
            foreach (double hours in Hours)
            {
                var moment = week.Start.AddHours(hours);
                yield return (week, moment, week.At(moment));
            }
        }
    }

    /// <summary>What is usual among customers who set up as these do.</summary>
    private static CohortNorms Norms()
    {
        var survey = new CohortSurvey();
        for (int seed = 10_000; seed < 10_100; seed++)
        {
            var week = new FirstWeek(seed, CohortNorms.None);
            survey.Add(week.Look(week.Start.AddDays(40), out _, out _), []);
        }
        var norms = CohortSurvey.Unpack(survey.Pack()).ToNorms(FirstWeek.Groups, 0);
        Assert.NotNull(norms.Start.Standing(3, 1));
        return norms;
    }

    /// <summary>All that is said of what was: what would be expected, and dates ahead, are no time that was.</summary>
    private static IEnumerable<Core.Platform.Languages.Phrase> Sentences(Assessment assessment)
    {
        foreach (var line in assessment.Causes.SelectMany(cause => cause.Evidence))
        {
            yield return line.Text;
            yield return line.Value;
        }
        foreach (var reason in assessment.Risk.RaisedBy.Where(reason => reason.Feature != RiskFeatureIds.DecisionDays))
            yield return reason.Text;
        if (assessment.Health.Raise is { } raise)
            yield return raise.Text;
    }
}
