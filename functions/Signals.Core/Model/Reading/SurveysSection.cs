using System.Text.Json;

namespace Signals.Core.Model.Reading;

/// <summary>What customers are asked, whom, when and how often.</summary>
internal static class SurveysSection
{
    private const int MaxSurveys = 10;

    private static readonly Dictionary<string, SurveyKind> Kinds = Enum.GetValues<SurveyKind>()
        .ToDictionary(kind => kind.Name(), StringComparer.Ordinal);

    private static readonly Dictionary<string, SurveyMoment> Moments = Enum.GetValues<SurveyMoment>()
        .ToDictionary(moment => moment.Name(), StringComparer.Ordinal);

    public static IReadOnlyList<Survey> Read(ObjectReader model, FeedbackDefinition feedback, TicketDefinition tickets)
    {
        var surveys = model.Declarations(
            "surveys",
            "a list of surveys",
            ReferenceKind.Survey,
            (id, survey) => Read(id, survey, feedback, tickets)
        );
        if (surveys.Count > MaxSurveys)
            model.RefuseProperty("surveys", $"at most {MaxSurveys}", $"{surveys.Count} entries");
        return surveys;
    }

    private static Survey Read(string id, ObjectReader survey, FeedbackDefinition feedback, TicketDefinition tickets)
    {
        var usual = new Survey { Id = id, Kind = SurveyKind.Nps };
        var kind = survey.Require("kind", Expect.OneOf(Kinds), SurveyKind.Nps);
        var after = survey.Read("after", Expect.OneOf(Moments), usual.After);
        string? step = survey.Read<string?>("step", Expect.Id!, null);
        if (step is not null)
            survey.References.Name(ReferenceKind.Step, survey.Find("step")!.Value);
        if (Says(survey, "kind", kind.Name()) && feedback.EventsOf(kind).Count == 0)
            survey.RefuseProperty("kind", $"a kind whose answers have an event: feedback.{kind.Name()} names none");
        if (after == SurveyMoment.Ticket && Says(survey, "after", after.Name()) && tickets.Solved.Count == 0)
            survey.RefuseProperty("after", "another moment, or events in tickets.solved: nothing says when a ticket is solved");
        if (after == SurveyMoment.Step && Says(survey, "kind", kind.Name()) && kind != SurveyKind.Ces)
            survey.RefuseProperty("after", "another moment, or \"ces\" for the kind: in the set-up effort alone is asked about");
        if (step is not null && after != SurveyMoment.Step)
            survey.RefuseProperty("step", "no step, or \"step\" for \"after\"");
        return usual with
        {
            Kind = kind,
            After = after,
            Step = step,
            WithinDays = survey.Read("withinDays", Expect.Whole("days", 1, 14), usual.WithinDays),
            Question = survey.ReadText("question", Expect.Name),
            Plans = survey.Ids("plans", ReferenceKind.Plan),
            Roles = survey.List("roles", Expect.Name) ?? usual.Roles,
            Share = survey.Read("share", Expect.Positive("a share", 1), usual.Share),
            EveryDays = survey.Read("everyDays", Expect.Whole("days", Survey.LeastDaysBetween, 730), usual.EveryDays),
            PerAccount = survey.Read("perAccount", Expect.Whole("people", 1, Survey.MostPerAccount), usual.PerAccount),
            Channels = survey.Read("channels", PlaybooksSection.Channels, usual.Channels),
            MailAfterHours = survey.Read("mailAfterHours", Expect.Whole("hours", 1, 720), usual.MailAfterHours),
        };
    }

    /// <summary>False where another mistake was told of it.</summary>
    private static bool Says(ObjectReader survey, string property, string name) =>
        survey.Find(property) is { Node: { Kind: JsonValueKind.String } node } && node.Text == name;
}
