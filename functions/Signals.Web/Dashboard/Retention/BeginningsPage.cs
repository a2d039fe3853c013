using Signals.Core.Daily.Activation;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Retention;

/// <summary>How customers begin and whether it becomes a habit: activation, time to first value, the steps, who left the habit.</summary>
internal sealed class BeginningsPage(MeasurePass pass, ValueModel model, ModelWords words, OwnSegments segments) : IDashboardPage
{
    public const string Path = "/retention/beginnings";

    private const int ShownLeavers = 15;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string title = reader.Say("Beginnings and habit");
        string lead = reader.Say("How soon new customers get value, where they stop on the way, and who had the habit and left it.");
        var measures = await pass.ReadAsync(request.Cancellation);
        if (measures is null || await pass.ReadUseAsync(request.Cancellation) is not { } use)
            return new DashboardPage(title, $"{Heading.Of(title, lead)}{MeasuredAt.Of(reader, null)}");
        var own = await pass.ReadOwnAsync(request.Cancellation);
        string plan = request.One("plan") is { } asked ? (asked == "-" ? "" : asked) : All;
        return new DashboardPage(
            title,
            $"""
            {Heading.Back("/retention", reader.Say("Retention"))}
            {Heading.Of(title, lead)}
            {MeasuredAt.Of(reader, measures)}
            {Activation(reader, use)}
            {Funnel(reader, use, plan, own, OwnSegments.Of(request))}
            {Habit(reader, use.Habit)}
            """
        );
    }

    /// <summary>No plan is called so: the model's names have no space at their end.</summary>
    private const string All = " ";

    private Html Activation(Reader reader, UseMeasures use)
    {
        string title = reader.Say("Activation, by the month they came in");
        if (use.All.Accounts == 0)
            return $"""
                <section><h2>{title}</h2><p class="empty">{reader.Say(
                    "Nobody came since beginnings are seen: of earlier customers nobody knows how they began.")}</p></section>
                """;
        return $"""
            <section><h2>{title}</h2>
            <p class="definition">{reader.Say(
                $"Activated is who got {words.Floor(reader)} or more from the day they came. Time to first value counts those who still "
                    + $"wait for as long as they do.")}</p>
            {Figures.Of(
                new Figure(reader.Say("Activated"), reader.Percent(use.All.Activated.Share), Range(reader, use.All.Activated)),
                new Figure(
                    reader.Say("First value after"),
                    use.All.DaysToValue is { } days ? reader.Count(days, "{0} day", "{0} days") : "–",
                    reader.Say("half of those who came")
                ),
                new Figure(reader.Say("Value within a week"), reader.Percent(use.All.ValuedWithin)))}
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="scores"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Came in")}</th><th scope="col" class="number">{reader.Say("Accounts")}</th>
            <th scope="col" class="number">{reader.Say("Activated")}</th><th scope="col">{reader.Say("Where it truly lies (95%)")}</th>
            <th scope="col" class="number">{reader.Say("Days to first value")}</th>
            <th scope="col" class="number">{reader.Say("Value within a week")}</th></tr></thead>
            <tbody>{use.Cohorts.Reverse().Select(cohort => Row(reader, cohort))}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, ActivationCohort cohort) =>
        $"""
            <tr><th scope="row">{reader.Month(cohort.Month!.Value)}</th><td class="number">{reader.Whole(cohort.Accounts)}</td>
            <td class="number"><strong>{reader.Percent(cohort.Activated.Share)}</strong></td>
            <td class="range">{(cohort.Activated.Share is { } share
                ? Ranges.Of(share, cohort.Activated.Low, cohort.Activated.High, 0, 1)
                : Html.Empty)}<span class="quiet">{(cohort.Activated.Of == 0
                    ? reader.Say("not there long enough yet")
                    : Range(reader, cohort.Activated))}</span></td>
            <td class="number">{(cohort.DaysToValue is { } days ? reader.Whole(days) : "–")}</td>
            <td class="number">{reader.Percent(cohort.ValuedWithin)}</td></tr>
            """;

    private Html Funnel(Reader reader, UseMeasures use, string plan, OwnSegmentMeasures own, string? segment)
    {
        if (use.Funnels.Count == 0)
            return Html.Empty;
        var ofSegments = own.Segments.Where(one => one.In.Funnel is not null).ToList();
        var shown =
            ofSegments.Find(one => one.Id == segment)?.In.Funnel
            ?? use.Funnels.FirstOrDefault(funnel => funnel.Plan == plan)
            ?? use.Funnels[0];
        var plans = use.Funnels.Select(funnel => new Choice(
            funnel.Plan switch
            {
                null => reader.Say("Everybody"),
                "" => reader.Say("no plan"),
                var named => named,
            },
            Links.With(Path, ("plan", funnel.Plan is "" ? "-" : funnel.Plan)) + "#way",
            funnel == shown,
            reader.Whole(funnel.Came)
        ));
        var named = ofSegments.Select(one => new Choice(
            segments.Name(reader, one.Id),
            Links.With(Path, (OwnSegments.Parameter, one.Id)) + "#way",
            one.In.Funnel == shown,
            reader.Whole(one.In.Funnel!.Came)
        ));
        string title = reader.Say("The way to first value");
        var rows = new List<BarRow>
        {
            new($"{reader.Say("Came")}", shown.Came) { Tone = "s1", Most = shown.Came },
        };
        foreach (var step in shown.Steps)
        {
            rows.Add(
                new BarRow($"{Html.Isolated(words.Kind(reader, step.Step) ?? step.Step)}", step.Done.Count)
                {
                    Note = Html.Of(
                        $"{reader.Percent(step.Done.Share)} ({Range(reader, step.Done)}){(step.MedianDays is { } days
                            ? " · " + reader.Count(days, "half within {0} day", "half within {0} days")
                            : "")}"
                    ),
                    Tone = "s1",
                    Most = shown.Came,
                }
            );
        }
        rows.Add(
            new BarRow($"{reader.Say("First value")}", shown.Valued.Count)
            {
                Note = Html.Of($"{reader.Percent(shown.Valued.Share)} ({Range(reader, shown.Valued)})"),
                Tone = "s3",
                Most = shown.Came,
            }
        );
        var text = new ChartText("", reader.Say("What"), [], value => reader.Whole((long)value));
        return $"""
            <section id="way"><h2>{title}</h2>
            <p class="lead">{reader.Say(
                "Of the accounts that came and whose time for the steps is over, how many did each. Steps may be done in any order.")}</p>
            {Choices.Of(reader.Say("Who"), plans)}
            {(ofSegments.Count == 0 ? Html.Empty : Choices.Of(reader.Say("Segments"), named))}
            {HorizontalBars.Of(text, reader.Say("Accounts"), rows)}</section>
            """;
    }

    private Html Habit(Reader reader, HabitMeasure? habit)
    {
        string title = reader.Say("The habit");
        if (habit is null)
            return $"""
                <section id="habit"><h2>{title}</h2><p class="empty">{reader.Say(
                    "Too few accounts come often enough to tell how often they naturally do.")}</p></section>
                """;
        string frequency = habit.Days switch
        {
            1 => reader.Say("every working day"),
            7 => reader.Say("once a week"),
            14 => reader.Say("once a fortnight"),
            _ => reader.Say("once a month"),
        };
        return $"""
            <section id="habit"><h2>{title}</h2>
            <p class="definition">{reader.Say(
                $"Found from data: {model.Product} is naturally used {frequency}. {reader.Percent(habit.Share)} of {habit.Told} accounts "
                    + $"with a rhythm come back at least that often.")}</p>
            {Figures.Of(
                new Figure(reader.Say("Kept the habit"), reader.Percent(habit.Keeping.Share), Range(reader, habit.Keeping)),
                new Figure(reader.Say("Had it"), reader.Whole(habit.Keeping.Of)),
                new Figure(reader.Say("Left it"), reader.Whole(habit.Keeping.Of - habit.Keeping.Count)))}
            {Left(reader, habit)}</section>
            """;
    }

    private static Html Left(Reader reader, HabitMeasure habit)
    {
        if (habit.Left.Count == 0)
            return Html.Empty;
        var rows = habit
            .Left.Take(ShownLeavers)
            .Select(one =>
                Html.Of(
                    $"""
                    <li><p><a href="{Links.Account(one.Id)}">{Html.Isolated(one.Name)}</a> · {reader.Price(one.Price)}
                    <span class="quiet">{reader.Say($"last value on {reader.Day(one.Last)}")}</span></p></li>
                    """
                )
            );
        return $"""
            <h3>{reader.Say("Who had it and left it")}</h3>
            <p class="lead">{reader.Say("Still customers; those who pay most first.")}</p>
            <ul class="list">{rows}</ul>
            """;
    }

    private static string Range(Reader reader, Proportion share) => reader.Range(reader.Percent(share.Low), reader.Percent(share.High));
}
