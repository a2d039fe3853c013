using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>Whatever a CS manager reads about an account is French for who reads French: none of it is left in English.</summary>
public sealed partial class FrenchTests
{
    /// <summary>Words that are the same in both, the model's, and French words that look English.</summary>
    private static readonly HashSet<string> Shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "minutes",
        "ticket",
        "tickets",
        "nps",
        "csat",
        "usd",
        "on",
        "active",
        "service",
        "friction",
        "plan",
        "pause",
        "export",
        "usage",
        "support",
        "pro",
        "reports",
        "exports",
        "feeds",
        "boards",
        "errors",
        "ann",
        "p4",
        "report",
        "shared",
    };

    [Fact]
    public async Task Every_line_of_evidence_of_every_cause_reads_in_French()
    {
        var world = await EveryCauseStory.TellAsync(TestContext.Current.CancellationToken);
        var found = new List<FoundCause>();
        foreach (string account in EveryCauseStory.Accounts)
            found.AddRange((await world.ReviewAsync(account)).Assessment.Causes);

        Assert.Equal(
            CauseCatalogue.Ids.Order(StringComparer.Ordinal),
            found.Select(cause => cause.Id).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(
            found,
            cause =>
            {
                Assert.NotEmpty(cause.Evidence);
                Assert.All(
                    cause.Evidence,
                    line =>
                    {
                        Assert.NotEqual(line.Text.En, line.Text.Fr);
                        AssertFrench(line.Text);
                        AssertFrench(line.Value);
                        AssertFrench(line.Expected);
                    }
                );
            }
        );
    }

    [Fact]
    public async Task What_raised_the_score_and_what_would_raise_health_read_in_French()
    {
        var world = await EveryCauseStory.TellAsync(TestContext.Current.CancellationToken);
        foreach (string account in EveryCauseStory.Accounts)
        {
            var assessment = (await world.ReviewAsync(account)).Assessment;
            Assert.NotEmpty(assessment.Risk.RaisedBy);
            Assert.All(assessment.Risk.RaisedBy, reason => AssertFrench(reason.Text));
            AssertFrench(assessment.Health.Raise!.Text);
        }
    }

    [Fact]
    public void Every_feature_of_the_score_describes_itself_in_French()
    {
        var account = new MeasuredAccount(
            StoryModels.OfGroups.WithFeatures() with
            {
                Friction = [new FrictionKind("errors", "errors", ["Error"])],
            },
            "acme"
        )
            .With(Traits.Plan, "pro")
            .With(Traits.Seats, "10")
            .Did("Report Shared", 60);
        var subject = new RiskSubject(account.ToContext(), PeopleSummary.None with { Reviewed = 12, Active = 5 }, []);
        Assert.All(
            RiskFeatures.Of(subject.Model),
            feature =>
            {
                var text = feature.Describe(subject);
                AssertFrench(text);
                Assert.NotEqual(text.En, text.Fr);
            }
        );
    }

    [Fact]
    public void Names_of_causes_and_questions_about_them_read_in_French()
    {
        Assert.All(
            CauseCatalogue.Ids,
            cause =>
            {
                Assert.NotEqual(CauseNames.Of(cause).En, CauseNames.Of(cause).Fr);
                AssertFrench(CauseNames.Of(cause));
                Assert.NotEmpty(CauseQuestions.Of(cause));
                Assert.All(
                    CauseQuestions.Of(cause),
                    question =>
                    {
                        AssertFrench(question);
                        Assert.EndsWith("\u00a0?", question.Fr, StringComparison.Ordinal);
                    }
                );
            }
        );
    }

    /// <summary>Nothing that the English says is in the French, but for words of both, names, and what customers wrote.</summary>
    private static void AssertFrench(Phrase phrase)
    {
        var english = Words(phrase.En);
        english.IntersectWith(Words(phrase.Fr));
        english.ExceptWith(Shared);
        Assert.True(english.Count == 0, $"\"{phrase.Fr}\" says {string.Join(", ", english)} as \"{phrase.En}\" does.");
    }

    private static HashSet<string> Words(string text) =>
        Word().Matches(Quotation().Replace(text, " ")).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("\"[^\"]*\"|«[^»]*»", RegexOptions.None, 1000)]
    private static partial Regex Quotation();

    /// <summary>Of two letters and more: an "a" is a word of both.</summary>
    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
