using Signals.Core.Platform.Languages;

namespace Signals.Core.Model.Reading;

/// <summary>Plans that are being retired. A plan that leaves customers, or those who answer them, guessing is refused.</summary>
internal static class PlanSunsetsSection
{
    public static IReadOnlyList<PlanSunset> Read(ObjectReader model)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return model.Objects("planSunsets", "a list of plans that end", sunset => Read(sunset, seen)) ?? [];
    }

    private static PlanSunset Read(ObjectReader sunset, HashSet<string> seen)
    {
        var plan = sunset.RequireId("plan", ReferenceKind.Plan);
        if (plan.Length > 0 && !seen.Add(plan))
            sunset.RefuseProperty("plan", "one sunset for each plan", $"{ModelNode.Quote(plan)} a second time");
        var replacement = sunset.RequireObject(
            "replacement",
            "an object with the plan that replaces it and the differences",
            static found => new Replacement(
                found.RequireId("plan", ReferenceKind.Plan),
                found.RequireText("differences", Expect.Prose("how the replacement differs"))
            )
        );
        if (plan.Length > 0 && string.Equals(replacement?.Plan, plan, StringComparison.OrdinalIgnoreCase))
            sunset.RefuseProperty("replacement", "another plan to move to", "the plan that ends");
        var dates = SunsetDates.Read(sunset);
        return new PlanSunset
        {
            Plan = plan,
            Varieties = sunset.RequireTexts("varieties", Expect.Prose("a variety of the plan that ends")) ?? [],
            Announced = dates.Announced,
            LastOrder = dates.LastOrder,
            LastOrderTime = sunset.ReadOptional("lastOrderTime", Expect.TimeOfDay),
            Ends = dates.Ends,
            Why = sunset.RequireText("why", Expect.Prose("why it ends")),
            Terms = sunset.RequireText("terms", Expect.Prose("the terms until it ends")),
            Guarantees = sunset.RequireTexts("guarantees", Expect.Prose("what customers are promised")) ?? [],
            ReplacementPlan = replacement?.Plan ?? "",
            Differences = replacement?.Differences ?? "",
            Steps = sunset.RequireTexts("steps", Expect.Prose("a step to move")) ?? [],
            TellFirst = [.. ReadToldFirst(sunset, dates.Announced).OrderBy(told => told.On)],
            Exceptions = sunset.Objects("exceptions", "a list of exceptions", exception => ReadException(exception, dates.Ends)) ?? [],
            Risks =
                sunset.Objects(
                    "risks",
                    "a list of risks",
                    static risk => new SunsetRisk(
                        risk.RequireText("what", Expect.Prose("what could go wrong")),
                        risk.RequireText("answer", Expect.Prose("what is done about it"))
                    )
                ) ?? [],
        };
    }

    private static IReadOnlyList<ToldFirst> ReadToldFirst(ObjectReader sunset, DateOnly announced) =>
        sunset.Objects(
            "tellFirst",
            "a list of who is told before customers are, each with who and a date",
            told =>
            {
                var on = told.Require("on", Expect.Date, DateOnly.MinValue);
                if (told.Has("on") && announced != DateOnly.MinValue && on >= announced)
                    told.RefuseProperty("on", "a date before \"announced\": support and sales hear of it before customers do");
                return new ToldFirst(told.RequireText("who", Expect.Name), on);
            },
            required: true
        ) ?? [];

    private static PlanException ReadException(ObjectReader exception, DateOnly ends)
    {
        var until = exception.Require("until", Expect.Date, DateOnly.MaxValue);
        if (exception.Has("until") && ends != DateOnly.MaxValue && until <= ends)
            exception.RefuseProperty("until", "a date after \"ends\": it would be no exception");
        return new PlanException(
            exception.List("accounts", Expect.Name, required: true) ?? [],
            until,
            exception.RequireText("terms", Expect.Prose("what was agreed with them"))
        );
    }

    private sealed record Replacement(string Plan, LocalText Differences);
}
