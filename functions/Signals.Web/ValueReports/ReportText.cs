using Signals.Core.Response.ValueReports;
using Signals.Web.Dashboard;

namespace Signals.Web.ValueReports;

/// <summary>What a value report says to the customer, in its language.</summary>
internal static class ReportText
{
    public static string TitleOf(Reader reader, ValueReport report) => reader.Say($"What {report.Customer} got from {report.Product}");

    public static IReadOnlyList<ReportBlock> Of(Reader reader, ValueReport report) =>
        [
            new ReportBlock.Title(TitleOf(reader, report), reader.Say($"period|{reader.Day(report.From)} to {reader.Day(report.To)}")),
            .. Note(reader, report),
            .. CameFor(reader, report),
            .. Got(reader, report),
            .. Used(reader, report),
            .. Unused(reader, report),
            .. Asked(reader, report),
            .. Next(reader, report),
        ];

    private static IEnumerable<ReportBlock> Note(Reader reader, ValueReport report)
    {
        if (report.Note.Length == 0)
            yield break;
        yield return new ReportBlock.Section(reader.Say("A word from us"));
        yield return new ReportBlock.Paragraph(report.Note);
    }

    private static IEnumerable<ReportBlock> CameFor(Reader reader, ValueReport report)
    {
        yield return new ReportBlock.Section(reader.Say("What you came for"));
        if (report.CameFor is not { Length: > 0 } words)
        {
            yield return new ReportBlock.Paragraph(
                reader.Say("You have not told us yet what you want to reach. Let us write it down when we meet.")
            );
            yield break;
        }
        yield return new ReportBlock.Quote(words, "");
        if (report.Goals.Count == 0)
        {
            yield return new ReportBlock.Paragraph(reader.Say("We have agreed on no measure for it yet. Let us do so when we meet."));
            yield break;
        }
        yield return new ReportBlock.Points([.. report.Goals.Select(goal => new ReportPoint(goal.Name, HowFar(reader, goal), ""))]);
    }

    private static string HowFar(Reader reader, ReportGoal goal)
    {
        string far = goal.IsReached
            ? reader.Say($"Reached: {Times(reader, goal.Done)}, where {reader.Amount(goal.Target)} was the aim.")
            : reader.Say($"{Times(reader, goal.Done)} so far, where {reader.Amount(goal.Target)} is the aim.");
        return far + Lack(reader, goal);
    }

    /// <summary>Nobody can do what their plan does not have, however they try.</summary>
    private static string Lack(Reader reader, ReportGoal goal) =>
        goal.Lacking is { } lacking
            ? " "
                + reader.Say(
                    $"This takes “{lacking.Feature}”, which your plan does not include. It is part of: {string.Join(", ", lacking.Plans)}."
                )
            : "";

    private static string Times(Reader reader, long times) => reader.Count(times, "{0} time", "{0} times");

    private static IEnumerable<ReportBlock> Got(Reader reader, ValueReport report)
    {
        yield return new ReportBlock.Section(reader.Say("What you got"));
        if (report.Value <= 0)
        {
            yield return new ReportBlock.Paragraph(reader.Say($"Nobody got real work done with {report.Product} in this time."));
            yield break;
        }
        var figures = new List<ReportFigure>
        {
            new(
                reader.Say("Real work"),
                $"{reader.Amount(report.Value)} {report.Unit}",
                report.ValueBefore is { } before ? reader.Say($"{reader.Amount(before)} in the same days of the quarter before") : ""
            ),
            new(reader.Say("On"), reader.Count(report.DaysOfValue, "{0} day", "{0} days"), ""),
        };
        if (report.People is { } people)
            figures.Add(
                new ReportFigure(
                    reader.Say("report|By"),
                    reader.Count(people, "{0} colleague", "{0} colleagues"),
                    report.Seats is { } seats ? reader.Count(seats, "of {0} seat", "of {0} seats") : ""
                )
            );
        if (report.Reached is > 0 and { } reached)
            figures.Add(
                new ReportFigure(
                    reader.Say("You reached"),
                    reader.Count(reached, "{0} customer", "{0} customers"),
                    reader.Say("yours, each counted once")
                )
            );
        yield return new ReportBlock.Figures(figures);
        yield return new ReportBlock.Paragraph(
            reader.Say($"Counted is what was done with {report.Product}, in {report.Unit}: no log-ins, no page views.")
        );
    }

    private static IEnumerable<ReportBlock> Used(Reader reader, ValueReport report)
    {
        if (report.Used.Count == 0)
            yield break;
        bool byPeople = report.Used.All(feature => feature.People is not null);
        yield return new ReportBlock.Section(reader.Say("What your colleagues do with it"));
        yield return new ReportBlock.Table(
            reader.Say("What your colleagues do with it"),
            [reader.Say("used|What"), reader.Say("used|Times"), .. byPeople ? [reader.Say("used|Colleagues")] : Array.Empty<string>()],
            [
                .. report.Used.Select(feature =>
                    (IReadOnlyList<string>)
                        [
                            feature.Name,
                            reader.Whole(feature.Times),
                            .. byPeople ? [reader.Whole(feature.People!.Value)] : Array.Empty<string>(),
                        ]
                ),
            ]
        );
    }

    private static IEnumerable<ReportBlock> Unused(Reader reader, ValueReport report)
    {
        var points = report.Unused.Select(feature => new ReportPoint(feature.Name, feature.Description ?? "", feature.Help ?? "")).ToList();
        if (report is { Seats: { } seats, People: { } people } && people < seats)
            points.Add(
                new ReportPoint(
                    reader.Count(seats - people, "{0} seat", "{0} seats"),
                    report.PaysNothing
                        ? reader.Count(
                            seats - people,
                            "Yours, and nobody used it in this time.",
                            "Yours, and nobody used them in this time."
                        )
                        : reader.Count(
                            seats - people,
                            "Paid for, and nobody used it in this time.",
                            "Paid for, and nobody used them in this time."
                        ),
                    ""
                )
            );
        if (points.Count == 0)
            yield break;
        yield return new ReportBlock.Section(
            report.PaysNothing ? reader.Say("What you have and do not use") : reader.Say("What you pay for and do not use")
        );
        yield return new ReportBlock.Points(points);
    }

    private static IEnumerable<ReportBlock> Asked(Reader reader, ValueReport report)
    {
        if (report.Asked == 0)
            yield break;
        yield return new ReportBlock.Section(reader.Say("What you asked us"));
        yield return new ReportBlock.Paragraph(
            report.Solved == 0
                ? reader.Count(
                    report.Asked,
                    "You wrote to us {0} time, and it is not solved yet. We owe you that.",
                    "You wrote to us {0} times, and nothing is solved yet. We owe you that."
                )
            : report.Solved == report.Asked
                ? reader.Count(
                    report.Asked,
                    "You wrote to us {0} time, and it is solved.",
                    "You wrote to us {0} times, and all of it is solved."
                )
            : reader.Say($"You wrote to us {report.Asked} times; {report.Solved} are solved. We owe you the rest.")
        );
    }

    private static IEnumerable<ReportBlock> Next(Reader reader, ValueReport report)
    {
        var points = new List<ReportPoint>();
        if (report.Steps.Count > 0)
            points.Add(new ReportPoint(reader.Say($"Finish setting up: {report.Steps[0].Name}"), "", report.Steps[0].Help ?? ""));
        else if (report.Unused.Count > 0)
            points.Add(
                new ReportPoint(reader.Say($"Try {report.Unused[0].Name}"), report.Unused[0].Description ?? "", report.Unused[0].Help ?? "")
            );
        foreach (var ending in report.Endings)
            points.Add(
                new ReportPoint(
                    reader.Say($"Move from {ending.Name} to {ending.Replacement} by {reader.Day(ending.Ends)}"),
                    ending.IsOutlasted
                        ? Sentence(ending.Terms)
                            + " "
                            + reader.Say("Your contract runs beyond that day: we shall agree with you on what holds until it renews.")
                        : Sentence(ending.Terms),
                    ""
                )
            );
        if (report.TrialEndsOn is { } trial)
            points.Add(new ReportPoint(reader.Say($"Your trial ends on {reader.Day(trial)}"), "", ""));
        if (report.RenewsOn is { } renews)
            points.Add(new ReportPoint(reader.Say($"Your contract renews on {reader.Day(renews)}"), "", ""));
        if (report.Contact is { } contact)
            points.Add(new ReportPoint(reader.Say($"Whom to ask: {contact}"), "", ""));
        if (points.Count == 0)
            yield break;
        yield return new ReportBlock.Section(reader.Say("What comes next"));
        yield return new ReportBlock.Points(points);
    }

    /// <summary>Terms stand in the middle of a mail's sentence; here they begin one.</summary>
    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
