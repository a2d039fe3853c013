using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class SurveyModelTests
{
    private const string Feedback = """{ "nps": ["NPS Answered"], "ces": ["CES Answered"] }""";

    private const string Steps = """[{ "id": "import", "name": "Import", "done": ["Imported"] }]""";

    [Fact]
    public void A_survey_asks_everybody_once_a_quarter_by_mail_unless_it_says_more()
    {
        var model = Model("""[{ "id": "nps", "kind": "nps" }]""").ReadValid();

        Assert.Equal(new Survey { Id = "nps", Kind = SurveyKind.Nps }, model.SurveyOf("nps")! with { Plans = [], Roles = [] });
        Assert.Equal((SurveyMoment.Value, 2, 1d, 90, 5), Rules(model.Surveys[0]));
        Assert.Equal(MessageChannels.Mail, model.Surveys[0].Channels);
        Assert.Null(model.SurveyOf("csat"));
    }

    [Fact]
    public void It_says_whom_when_how_often_and_where()
    {
        var survey = Assert.Single(
            Model(
                    """
                    [{ "id": "set-up", "kind": "ces", "after": "step", "step": "import", "withinDays": 3, "question": { "en": "Hard?" },
                       "plans": ["pro"], "roles": ["Editor"], "share": 0.25, "everyDays": 180, "perAccount": 2,
                       "channels": ["in-app", "mail"], "mailAfterHours": 24 }]
                    """
                )
                .ReadValid()
                .Surveys
        );

        Assert.Equal((SurveyMoment.Step, 3, 0.25, 180, 2), Rules(survey));
        Assert.Equal((SurveyKind.Ces, "import", "Hard?"), (survey.Kind, survey.Step, survey.Question!.In("en")));
        Assert.Equal((MessageChannels.InAppThenMail, 24), (survey.Channels, survey.MailAfterHours));
        Assert.Equal(["pro", "Editor"], survey.Plans.Concat(survey.Roles));
    }

    [Theory]
    [InlineData("""[{ "id": "a" }]""", "surveys[0].kind: found nothing, expected one of \"nps\", \"csat\", \"ces\"")]
    [InlineData("""[{ "kind": "nps" }]""", "surveys[0].id: found nothing")]
    [InlineData("""[{ "id": "a", "kind": "five-stars" }]""", "surveys[0].kind: found \"five-stars\"")]
    [InlineData("""[{ "id": "a", "kind": "csat" }]""", "feedback.csat names none")]
    [InlineData("""[{ "id": "a", "kind": "nps", "after": "ticket" }]""", "events in tickets.solved")]
    [InlineData("""[{ "id": "a", "kind": "nps", "after": "step" }]""", "in the set-up effort alone is asked about")]
    [InlineData("""[{ "id": "a", "kind": "ces", "step": "import" }]""", "surveys[0].step: found \"import\", expected no step")]
    [InlineData("""[{ "id": "a", "kind": "ces", "after": "step", "step": "export" }]""", "the id of one of the onboarding steps")]
    [InlineData("""[{ "id": "a", "kind": "nps", "plans": ["gold"] }]""", "surveys[0].plans[0]: found \"gold\"")]
    [InlineData("""[{ "id": "a", "kind": "nps", "everyDays": 89 }]""", "a whole number from 90 to 730")]
    [InlineData("""[{ "id": "a", "kind": "nps", "perAccount": 11 }]""", "a whole number from 1 to 10")]
    [InlineData("""[{ "id": "a", "kind": "nps", "share": 0 }]""", "a share above 0 and at most 1")]
    [InlineData("""[{ "id": "a", "kind": "nps", "channels": ["mail", "in-app"] }]""", "in this order")]
    [InlineData("""[{ "id": "a", "kind": "nps" }, { "id": "a", "kind": "ces" }]""", "surveys[1].id: found \"a\" a second time")]
    [InlineData("""[{ "id": "a", "kind": "nps", "who": "all" }]""", "surveys[0].who: found an unknown property")]
    public void Mistakes_say_where_what_was_found_and_what_is_expected(string surveys, string error) =>
        Assert.Contains(error, string.Join('\n', Model(surveys).Errors()), StringComparison.Ordinal);

    [Fact]
    public void Ten_are_enough()
    {
        string eleven = string.Join(", ", Enumerable.Range(0, 11).Select(i => $$"""{ "id": "s{{i}}", "kind": "nps" }"""));
        Assert.Contains("at most 10", string.Join('\n', Model($"[{eleven}]").Errors()), StringComparison.Ordinal);
    }

    private static ModelFile Model(string surveys) =>
        new ModelFile()
            .With("feedback", Feedback)
            .With("onboarding", Steps)
            .With("plans", """{ "pro": { "price": 99 } }""")
            .With("surveys", surveys);

    private static (SurveyMoment, int, double, int, int) Rules(Survey survey) =>
        (survey.After, survey.WithinDays, survey.Share, survey.EveryDays, survey.PerAccount);
}
