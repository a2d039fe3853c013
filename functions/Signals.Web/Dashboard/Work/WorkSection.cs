using Signals.Core.State.Work;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Work;

/// <summary>Who has the account in hand, what is done next, and what the customer wants to have reached.</summary>
internal static class WorkSection
{
    private const int StepDays = 7;
    private const int GoalDays = 60;
    private const int MostEvents = 50;

    public static Html Of(Reader reader, AccountFile file, WorkFile work)
    {
        bool acts = reader.May(DashboardRole.Manager);
        return $"""
            <div class="columns" id="work">
            <section><h2>{reader.Say("Next steps")}</h2>
            {Handed(reader, file, work.Work.Handed, acts)}
            {Steps(reader, file, work.Work.Steps)}
            {(acts ? AddStep(reader, file) : Html.Empty)}
            </section>
            <section><h2>{reader.Say("What they want to have reached")}</h2>
            {Goals(reader, file, work.Work.Goals, acts)}
            {(acts ? AddGoal(reader, file) : Html.Empty)}
            </section>
            </div>
            """;
    }

    private static Html Handed(Reader reader, AccountFile file, HandedOver? handed, bool acts)
    {
        string hand = WorkAddresses.Of(WorkAddresses.Hand, file.Facts.Id);
        Html form =
            acts && reader.Team.Active.Count > 0
                ? $"""
                <details class="act"><summary>{(handed is null ? reader.Say("Hand over") : reader.Say("Hand on"))}</summary>
                {Form.Post(reader, hand, $"""
                {WorkFields.Colleague(reader, WorkFields.To, reader.Say("To"), reader.User?.Address, orNobody: false)}
                <label class="field"><span>{reader.Say("What you want to say with it (optional)")}</span>
                <textarea name="{WorkFields.Text}" rows="2" maxlength="{AccountWork.MaxTextChars}"></textarea></label>
                {Form.Button(reader.Say("Hand over"))}
                """)}</details>
                """
                : Html.Empty;
        if (handed is null)
            return form.IsEmpty ? Html.Empty : $"""<div class="actions">{form}</div>""";
        Html words = handed.Words.Length == 0 ? Html.Empty : $" <q>{Html.Isolated(handed.Words)}</q>";
        Html end = acts
            ? Form.Post(
                reader,
                WorkAddresses.Of(WorkAddresses.HandEnd, file.Facts.Id),
                $"""<button type="submit" class="second">{reader.Say("Dealt with")}</button>"""
            )
            : Html.Empty;
        return $"""
            <p class="line handed">{reader.SayHtml(
                $"In {reader.Who(handed.To)}’s hands, from {reader.Who(handed.By)}, {reader.TimeAgo(handed.At)}")}{words}</p>
            <div class="actions">{form}{end}</div>
            """;
    }

    private static Html Steps(Reader reader, AccountFile file, IReadOnlyList<WorkStep> steps) =>
        steps.Count == 0
            ? Html.Of($"""<p class="line quiet">{reader.Say("No next step is written down.")}</p>""")
            : Html.Of($"""<ul class="list steps">{steps.Select(step => Step(reader, file, step))}</ul>""");

    private static Html Step(Reader reader, AccountFile file, WorkStep step)
    {
        Html owner = step.Owner.Length > 0 ? Html.Of($"{reader.Who(step.Owner)} · ") : Html.Empty;
        Html state = step switch
        {
            { DoneAt: { } at } => reader.SayHtml($"done by {reader.Who(step.DoneBy ?? "")} {reader.TimeAgo(at)}"),
            _ => StepParts.Due(reader, step.Due),
        };
        Html done = step.DoneAt is null ? StepParts.Done(reader, file.Facts.Id, step.Id, step.Text) : Html.Empty;
        string kind = step.DoneAt is null ? "open" : "done";
        return $"""
            <li class="{kind}"><div class="what"><p>{Html.Isolated(step.Text)}</p><p class="line quiet">{owner}{state}</p></div>
            <div class="actions">{done}</div></li>
            """;
    }

    private static Html AddStep(Reader reader, AccountFile file) =>
        $"""
            <details class="add"><summary>{reader.Say("Add a next step")}</summary>
            {Form.Post(reader, WorkAddresses.Of(WorkAddresses.AddStep, file.Facts.Id), $"""
            <div class="filters">
            <label class="field wide"><span>{reader.Say("What is to be done")}</span>
            <input name="{WorkFields.Text}" required maxlength="{AccountWork.MaxTextChars}" autocomplete="off"></label>
            {WorkFields.Day(reader.Say("By"), reader.Today.AddDays(StepDays))}
            {WorkFields.Colleague(reader, WorkFields.To, reader.Say("Who"), reader.User?.Address, orNobody: true)}
            {Form.Button(reader.Say("Add"))}</div>
            """)}</details>
            """;

    private static Html Goals(Reader reader, AccountFile file, IReadOnlyList<PlanGoal> goals, bool acts) =>
        goals.Count == 0
            ? Html.Of(
                $"""
                <p class="line quiet">{reader.Say("No plan yet. Write down what they said they want, in their words, with a day.")}</p>
                """
            )
            : Html.Of($"""<ul class="list goals">{goals.Select(goal => Goal(reader, file, goal, acts))}</ul>""");

    private static Html Goal(Reader reader, AccountFile file, PlanGoal goal, bool acts)
    {
        var seen = WorkFile.SeenOf(goal, file.Usage, file.Model);
        bool reached = goal.DoneAt is not null || seen?.On is not null;
        Html state = goal switch
        {
            { DoneAt: { } at } => Html.Of(
                $"""
                <span class="tag good">{reader.Say("reached")}</span> {reader.SayHtml(
                    $"said {reader.Who(goal.DoneBy ?? "")} {reader.TimeAgo(at)}"
                )}
                """
            ),
            _ when seen?.On is { } day => Html.Of(
                $"""
                <span class="tag good">{reader.Say("reached")}</span> {reader.SayHtml($"seen on {Html.Of($"{reader.Day(day)}")}")}
                """
            ),
            _ => StepParts.Due(reader, goal.Due),
        };
        Html signal = (goal.Event ?? goal.Signal) is { } name
            ? Html.Of(
                $" · {reader.SayHtml($"shown by {Html.Isolated(goal.Event ?? SignalName(reader, file, name))}")}{Times(reader, goal, seen)}"
            )
            : Html.Empty;
        Html buttons = acts
            ? $"""
                {(reached ? Html.Empty : Button(reader, file, WorkAddresses.GoalDone, goal, reader.Say("Reached")))}
                {Button(reader, file, WorkAddresses.RemoveGoal, goal, reader.Say("Remove"))}
                """
            : Html.Empty;
        return $"""
            <li><div class="what"><p><q>{Html.Isolated(goal.Text)}</q></p><p class="line quiet">{state}{signal}</p></div>
            <div class="actions">{buttons}</div></li>
            """;
    }

    /// <summary>How far a goal of many times is.</summary>
    private static Html Times(Reader reader, PlanGoal goal, GoalSeen? seen) =>
        goal.Times is { } needed && seen is not null
            ? Html.Of($", {reader.Say($"{reader.Whole(Math.Min(seen.Times, needed))} of {reader.Whole(needed)} times")}")
            : Html.Empty;

    private static Html Button(Reader reader, AccountFile file, string path, PlanGoal goal, string text) =>
        Form.Post(
            reader,
            WorkAddresses.Of(path, file.Facts.Id),
            $"""
            {Form.Hidden(FormRequest.IdField, goal.Id)}
            <button type="submit" class="second">{text}<span class="unseen"> {goal.Text}</span></button>
            """
        );

    private static Html AddGoal(Reader reader, AccountFile file)
    {
        var signals = file.Model.Features.Select(feature => (feature.Id, feature.Name.In(reader.Language)));
        return $"""
            <details class="add"><summary>{reader.Say("Add a goal")}</summary>
            {Form.Post(reader, WorkAddresses.Of(WorkAddresses.AddGoal, file.Facts.Id), $"""
            <div class="filters">
            <label class="field wide"><span>{reader.Say("What they want, in their words")}</span>
            <input name="{WorkFields.Text}" required maxlength="{AccountWork.MaxTextChars}" autocomplete="off"></label>
            {WorkFields.Day(reader.Say("By"), reader.Today.AddDays(GoalDays))}
            {Form.Select(
                WorkFields.Signal,
                reader.Say("What shows it"),
                "",
                [("", reader.Say("only a person can tell")), .. signals])}
            <label class="field"><span>{reader.Say("or an event, by its name")}</span>
            <input name="{WorkFields.Event}" maxlength="{PlanGoal.MaxEventChars}" list="goal-events" autocomplete="off"></label>
            <datalist id="goal-events">{Events(file).Select(name => Html.Of($"""<option value="{name}">"""))}</datalist>
            <label class="field"><span>{reader.Say("goal|how often")}</span>
            <input type="number" name="{WorkFields.Times}" value="1" min="1" max="{PlanGoal.MostTimes}" step="1"></label>
            {Form.Button(reader.Say("Add"))}</div>
            """)}</details>
            """;
    }

    /// <summary>Events that the model knows, to choose from; any other may be written.</summary>
    private static IEnumerable<string> Events(AccountFile file) =>
        file
            .Model.Goals.SelectMany(goal => goal.Events)
            .Concat(file.Model.Features.SelectMany(feature => feature.Events))
            .Concat(file.Model.Onboarding.SelectMany(step => step.Done))
            .Distinct(StringComparer.Ordinal)
            .Take(MostEvents);

    private static string SignalName(Reader reader, AccountFile file, string signal) =>
        file.Model.FeatureOf(signal)?.Name.In(reader.Language) ?? signal;
}
