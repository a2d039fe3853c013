using Signals.Core.Model;
using Signals.Core.State.Work;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Alerts;
using Signals.Web.Dashboard.People;
using Signals.Web.Dashboard.Views;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard.Account;

/// <summary>
/// One account: what holds it back, where anything does, and what to do; what they came for, and how it is; who uses it, what happened,
/// what was sent, and what comes next.
/// </summary>
internal sealed class AccountPage(
    AccountFileReader files,
    WhySection why,
    SentSection sent,
    TimelineSection timeline,
    PeopleTable people,
    ProblemsSection problems,
    CauseWords causes,
    WorkBook work,
    AccountNotes notes
) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var file = await files.ReadAsync(request.Route("id"), request.Cancellation);
        var reader = request.Reader;
        var team = await WorkFile.ReadAsync(work, notes, file.Account.Key, request.One(NotesSection.CursorParameter), request.Cancellation);
        Html health = HealthSection.Of(reader, file),
            reasons = why.Of(reader, file),
            then = ThenAndNowSection.Of(reader, file),
            goal = GoalSection.Of(reader, file),
            handed = await problems.OfAsync(reader, file, request.Cancellation),
            happened = await timeline.OfAsync(reader, file, request.Cancellation);
        return new DashboardPage(
            file.Facts.Name,
            $"""
            {CameFrom.Way(request, file.Facts.Id, AccountFilters.Path, reader.Say("Accounts"))}
            {Head(reader, file)}
            {AlertBox(reader, file, request.Address)}
            {HoldBox.Notice(reader, file)}
            {PlanEndNotice.Of(reader, file)}
            {(file.Causes.Count > 0 ? Html.Of($"{reasons}{then}{goal}{health}") : Html.Of($"{health}{goal}{reasons}{then}"))}
            {handed}
            {WorkSection.Of(reader, file, team)}
            {NotesSection.Of(reader, file, team)}
            {People(reader, file)}
            <div class="columns">
            {OnboardingSection.Of(reader, file)}
            {FeaturesSection.Of(reader, file)}
            </div>
            {VoiceSection.Of(reader, file, team.Work)}
            {happened}
            {sent.Of(reader, file)}
            {NextSection.Of(reader, file)}
            """
        );
    }

    private static Html Head(Reader reader, AccountFile file)
    {
        Html title = $"{Html.Isolated(file.Facts.Name)}{AccountTable.Strategic(reader, file.Facts.Strategic)}";
        Html report = $"""<a class="button second" href="{Links.Account(file.Facts.Id)}/report">{reader.Say("Value report")}</a>""";
        Html actions = $"{report}{ReviewForm.Button(reader, file)}{HoldBox.Form(reader, file)}{Erase(reader, file)}";
        return $"{Heading.Of(title, Verdict(reader, file), actions)}{Facts(reader, file)}";
    }

    private static Html Erase(Reader reader, AccountFile file) =>
        EraseBox.Of(reader, Links.Account(file.Facts.Id) + "/erase", PersonPage.IdField, file.Facts.Id, reader.Say("Erase this account"));

    private static Html Verdict(Reader reader, AccountFile file)
    {
        if (file.Review is not { } review)
            return $"{reader.Say("Not reviewed yet")}";
        if (review.Left)
            return $"{reader.Say("The customer has left.")}";
        var risk = review.Assessment.Risk;
        return $"""
            <span class="verdict">{Levels.Badge(reader, risk.Level)} <span class="score">{risk.Score}</span>
            {reader.SayHtml($"since {reader.TimeDay(review.LevelSince)}")}</span>
            """;
    }

    private static Html Facts(Reader reader, AccountFile file)
    {
        var facts = file.Facts;
        (string Name, Html Value)[] all =
        [
            (reader.Say("Account id"), facts.Id == facts.Name ? Html.Empty : Html.Isolated(facts.Id)),
            (reader.Say("Plan"), facts.Plan is { } plan ? Html.Isolated(plan) : Html.Empty),
            (reader.Say("Price"), $"{reader.Price(facts.Price)}"),
            (reader.Say("Seats"), facts.Seats is { } seats ? $"{reader.Whole(seats)}" : Html.Empty),
            (reader.Say("Stage"), facts.Stage is { } stage ? Html.Isolated(stage) : Html.Empty),
            (reader.Say("Segments"), Segments(reader, file)),
            (reader.Say("CS manager"), facts.Csm is { } csm ? Csm(reader, file, csm) : Html.Empty),
            (reader.Say("Came for"), facts.Goal is { } goal ? Html.Isolated(goal) : Html.Empty),
            (reader.Say("Customer since"), facts.CreatedAt is { } created ? reader.TimeDay(created) : Html.Empty),
            (reader.Say("Renews"), facts.RenewalAt is { } renewal ? reader.TimeDay(renewal) : Html.Empty),
            (reader.Say("Trial ends"), facts.TrialEndsAt is { } trial ? reader.TimeDay(trial) : Html.Empty),
        ];
        return $"""
            <dl class="facts row">{all.Where(fact => !fact.Value.IsEmpty)
                .Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}</dl>
            """;
    }

    private static Html Segments(Reader reader, AccountFile file) =>
        Html.Join(
            ", ",
            [
                .. (file.Account.Review?.Segments ?? [])
                    .Select(file.Model.SegmentOf)
                    .OfType<SegmentDefinition>()
                    .Select(segment =>
                        Html.Of(
                            $"""<a href="{OwnSegments.Address(segment.Id)}#compared">{Html.Isolated(
                                segment.Name.In(reader.Language))}</a>"""
                        )
                    ),
            ]
        );

    private static Html Csm(Reader reader, AccountFile file, string csm)
    {
        Html note = file.Model.MayLookAfter(csm)
            ? Html.Empty
            : Html.Of(
                $"""
                 <span class="quiet">{reader.Say(
                    "hears nothing: no address of alerts.csms")}</span>
                """
            );
        return $"{Html.Isolated(csm)}{note}";
    }

    private Html AlertBox(Reader reader, AccountFile file, string address)
    {
        if (file.Alert is not { Stands: true } alert)
            return Html.Empty;
        Html answers =
            alert.Answers.Count == 0
                ? Html.Of($"""<p class="line">{reader.Say("Nobody has answered yet.")}</p>""")
                : Html.Of(
                    $"{alert.Answers.Reverse().Take(5).Select(answer => Html.Of(
                $"""<p class="line">{AlertWords.Answered(reader, answer)}</p>"""))}"
                );
        var to = Html.Join(
            ", ",
            alert.Told.Reverse().Take(3).Select(telling => Html.Of($"{Html.Isolated(telling.To)} {reader.TimeAgo(telling.At)}"))
        );
        Html told = alert.Told.Count == 0 ? Html.Empty : $"""<p class="line quiet">{reader.SayHtml($"Told {to}")}</p>""";
        var cause = alert.Causes.Count > 0 ? alert.Causes[0] : null;
        Html about = cause is null ? Html.Empty : $"{reader.Colon}{causes.NameWithKind(reader, cause.Id, cause.Detail)}";
        Html late = alert.EscalatedAt is null
            ? Html.Empty
            : $""" · <strong class="tone critical">{reader.Say("nobody answered in time")}</strong>""";
        return $"""
            <section class="alert-box" aria-labelledby="alert"><div><h2 id="alert">{reader.Say("Alert")}{about}</h2>
            <p class="todo">{NextSteps.Of(reader, cause?.Id)}</p>
            <p class="line quiet">{reader.SayHtml($"raised {reader.TimeAgo(alert.RaisedAt)}")}{late}</p>{answers}{told}</div>
            {AlertActions.Of(reader, alert, address)}</section>
            """;
    }

    private Html People(Reader reader, AccountFile file)
    {
        int others = file.Account.People - file.People.Count;
        Html all =
            others > 0
                ? $"""
              <p class="more"><a href="{Links.Account(file.Facts.Id)}/people">{reader.Say(
                  $"All {reader.Whole(file.Account.People)} people")}</a></p>
              """
                : Html.Empty;
        return $"""
            <section><h2>{reader.Say("People")}</h2>
            {people.Of(reader, file.People)}{all}</section>
            """;
    }
}
