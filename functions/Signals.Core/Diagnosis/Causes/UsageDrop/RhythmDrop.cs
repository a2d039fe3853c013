using Signals.Core.Diagnosis.Value;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.UsageDrop;

/// <summary>
/// A fall of who comes by the fortnight, month or quarter (<see cref="Rhythm"/>): the time of the next spell passed without it, or the last
/// one brought far less than those before. What lies between two spells is no fall, however long it is.
/// </summary>
/// <remarks>
/// Confidence is how surely the next spell was to be expected ((n - 1/2) / n after n of them), times the square root of the fall; after a
/// small spell, times the share of earlier ones that brought more.
/// </remarks>
internal static class RhythmDrop
{
    /// <summary>A period shorter than so many windows is left to them.</summary>
    private const double LeastWindows = 0.7;

    /// <summary>A spell is over so many days after its last.</summary>
    private const int Settled = 3;

    /// <summary>A rhythm slower than this is forgotten later than the model says: after so many periods.</summary>
    private const int ForgetPeriods = 2;

    /// <summary>The account's rhythm, where windows of days would cut it apart.</summary>
    public static Rhythm? RhythmOf(AccountContext context, UsageDropSettings settings) =>
        context.Usage.Rhythm is { } rhythm && rhythm.Period >= LeastWindows * settings.Days ? rhythm : null;

    /// <summary>The last UTC day, by number, on which a fall is still told; 0 without a rhythm.</summary>
    public static int ForgottenOn(AccountContext context, UsageDropSettings settings) =>
        RhythmOf(context, settings) is { } rhythm && context.Usage.LastValueDay is { } last
            ? last + Math.Max(settings.ForgetDays, ForgetPeriods * rhythm.Period)
            : 0;

    public static RuleFinding? Assess(AccountContext context, UsageDropSettings settings, Rhythm rhythm)
    {
        var floor = context.Model.Value.Floor;
        if (
            context.Today > ForgottenOn(context, settings)
            || !context.KnowsValueFrom(rhythm.Spells[0].From)
            || rhythm.Value / Math.Max(rhythm.Period, floor.Days) * floor.Days < floor.Amount
        )
            return null;
        return Missed(context, settings, rhythm) ?? Small(context, settings, rhythm);
    }

    private static RuleFinding? Missed(AccountContext context, UsageDropSettings settings, Rhythm rhythm)
    {
        int away = 0;
        for (int day = rhythm.LastDay + 1; day <= context.Yesterday; day++)
            away += context.Norms.IsDip(day) ? 1 : 0;
        double since = Math.Max(0, context.Usage.Value(rhythm.LastDay + 1, context.Yesterday)),
            fall = 1 - since / rhythm.Value;
        // A first day of the next spell is no correction.
        bool hasBegun = context.Yesterday - context.Usage.LastValueDay < Settled;
        if (hasBegun || !rhythm.IsMissed(context.Yesterday, away) || fall < settings.Fall)
            return null;
        var (unit, due) = (context.Model.Value.Unit, Days.Date(rhythm.NextDue));
        var (period, times) = (Format.DayCount(rhythm.Period), Format.Times(rhythm.Spells.Count));
        return new RuleFinding(
            rhythm.Sureness * Math.Sqrt(fall),
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of(
                            $"{Format.Amount(since)} {unit} since {Days.Date(rhythm.LastDay)}: they came about every {period}, {times}, "
                                + $"and were due on {due}"
                        ),
                        Phrase.Of($"{Format.Amount(since)} {unit}"),
                        Phrase.Of($"about {Format.Amount(rhythm.Value)} {unit}"),
                        due
                    ),
                ]
        );
    }

    private static RuleFinding? Small(AccountContext context, UsageDropSettings settings, Rhythm rhythm)
    {
        var last = rhythm.Spells[^1];
        double fall = 1 - last.Value / rhythm.Value;
        if (context.Yesterday - context.Usage.LastValueDay < Settled || fall < settings.Fall)
            return null;
        double better = rhythm.Spells.SkipLast(1).Average(spell => spell.Value > last.Value ? 1.0 : 0);
        var unit = context.Model.Value.Unit;
        var period = Format.DayCount(rhythm.Period);
        return new RuleFinding(
            rhythm.Sureness * Math.Sqrt(fall) * better,
            null,
            () =>
                [
                    new Evidence(
                        Phrase.Of(
                            $"{Format.Amount(last.Value)} {unit} this time, {Format.Percent(fall)} under what they come for "
                                + $"about every {period}"
                        ),
                        Phrase.Of($"{Format.Amount(last.Value)} {unit}"),
                        Phrase.Of($"about {Format.Amount(rhythm.Value)} {unit}"),
                        Days.Date(last.From)
                    ),
                ]
        );
    }
}
