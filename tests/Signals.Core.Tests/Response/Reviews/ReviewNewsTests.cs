using System.Text.Json.Nodes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Reviews;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Reviews;

/// <summary>What other systems are told of a review.</summary>
public sealed class ReviewNewsTests
{
    private static readonly AccountFacts Acme = new(
        "acme",
        "Acme Ltd",
        "pro",
        99,
        Seats: 10,
        Csm: "zoe@nimbus.example",
        Strategic: false,
        Goal: null,
        Stage: null,
        RenewalAt: null,
        TrialEndsAt: null,
        CreatedAt: null
    );

    private static readonly FoundCause Unused = new(
        CauseIds.FeaturesUnused,
        "exports",
        CauseSubject.Account,
        3,
        0.81249,
        [new Evidence(Phrase.Same("Exports"), Phrase.Same("0"), Phrase.Same("1"), null)]
    );

    [Fact]
    public void A_first_review_that_finds_nothing_is_no_news() => Assert.Empty(News(null, Review()));

    [Fact]
    public void A_review_that_changed_nothing_is_no_news()
    {
        var review = Review(RiskLevel.AtRisk, 61, left: true, Unused);

        Assert.Empty(News(review, review with { ReviewedAt = SignalsWorld.Start.AddDays(1) }));
    }

    [Theory]
    [InlineData(null, true, WebhookEvents.AccountLeft)]
    [InlineData(false, true, WebhookEvents.AccountLeft)]
    [InlineData(true, false, WebhookEvents.AccountReturned)]
    public void Who_left_and_who_came_back_is_told(bool? before, bool after, string told)
    {
        var news = Assert.Single(News(before is { } left ? Review(left: left) : null, Review(left: after)));

        Assert.Equal((told, "acme", SignalsWorld.Start), (news.Type, news.Account, news.At));
        Assert.Equal(["account"], news.Data.Select(item => item.Key));
        AssertIsAcme(news.Data["account"]!);
    }

    [Fact]
    public void A_level_is_told_with_what_it_was_and_every_cause()
    {
        var before = Review(RiskLevel.Watch, 34, left: false, Unused);

        var news = Assert.Single(News(before, Review(RiskLevel.Critical, 88, left: false, Unused)));

        Assert.Equal(WebhookEvents.RiskChanged, news.Type);
        AssertIsAcme(news.Data["account"]!);
        AssertIs("""{ "level": "critical", "score": 88, "chance": null }""", news.Data["risk"]!);
        AssertIs("""{ "level": "watch", "score": 34 }""", news.Data["before"]!);
        AssertIsUnused(Assert.Single(news.Data["causes"]!.AsArray())!);
    }

    [Fact]
    public void A_first_review_tells_its_level_from_healthy_on_and_what_it_found()
    {
        var news = News(null, Review(RiskLevel.AtRisk, 61, left: false, Unused));

        Assert.Equal([WebhookEvents.RiskChanged, WebhookEvents.CauseFound], news.Select(item => item.Type));
        AssertIs("""{ "level": "healthy", "score": 0 }""", news[0].Data["before"]!);
        Assert.Equal(["account", "cause"], news[1].Data.Select(item => item.Key));
        AssertIsAcme(news[1].Data["account"]!);
        AssertIsUnused(news[1].Data["cause"]!);
    }

    [Fact]
    public void A_cause_is_another_by_its_detail_and_those_found_are_told_before_those_ended()
    {
        var other = Unused with { Detail = "feeds" };

        var news = News(Review(causes: [Unused]), Review(causes: [other]));

        Assert.Equal(
            [(WebhookEvents.CauseFound, "feeds"), (WebhookEvents.CauseEnded, "exports")],
            news.Select(item => (item.Type, (string)item.Data["cause"]!["detail"]!))
        );
        AssertIsUnused(news[1].Data["cause"]!);
        AssertIsAcme(news[1].Data["account"]!);
    }

    private static List<WebhookEvent> News(AccountReview? before, AccountReview after) =>
        [.. ReviewNews.Of(before, after, Acme, StoryModels.OfGroups)];

    private static AccountReview Review(
        RiskLevel level = RiskLevel.Healthy,
        int score = 0,
        bool left = false,
        params IReadOnlyList<FoundCause> causes
    ) =>
        new()
        {
            ReviewedAt = SignalsWorld.Start,
            Left = left,
            Assessment = new Assessment(HealthScore.Unknown, new RiskAssessment(level, score), causes),
        };

    private static void AssertIsAcme(JsonNode account) =>
        AssertIs("""{ "id": "acme", "name": "Acme Ltd", "plan": "pro", "price": 99, "csm": "zoe@nimbus.example" }""", account);

    private static void AssertIsUnused(JsonNode cause) =>
        AssertIs("""{ "id": "features-unused", "detail": "exports", "confidence": 0.812, "people": 3, "evidence": ["Exports"] }""", cause);

    private static void AssertIs(string expected, JsonNode found) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(found.ToJsonString())), found.ToJsonString());
}
