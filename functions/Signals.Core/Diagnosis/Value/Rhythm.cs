using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Value;

/// <summary>
/// Work that comes by the fortnight, the month or the quarter: spells of days with value and as regular a pause between them, learned from
/// the days themselves. Who works every week has none: for them windows of days do.
/// </summary>
/// <remarks>
/// Spells are days with value less than a break apart. Small ones between the others are corrections and no spells of their own. A rhythm
/// shows in <see cref="LeastSpells"/> spells or more whose beginnings lie apart alike: each within a third of their median, and of three
/// spells, which chance may have made, within a seventh.
/// </remarks>
/// <param name="Period">Usual days from one beginning to the next.</param>
/// <param name="Spells">The spells that show it, oldest first; the last may go on.</param>
/// <param name="Value">What a whole spell usually brings: the median of all but the last.</param>
/// <param name="LongestPause">The longest of the pauses between them: whole days without a spell.</param>
public sealed record Rhythm(int Period, IReadOnlyList<Spell> Spells, double Value, int LongestPause)
{
    public const int LeastSpells = 3;

    /// <summary>A rhythm is that of the last spells; what was a year ago may have changed.</summary>
    private const int MostSpells = 8;

    /// <summary>Days without value that end a spell, and the periods that so long breaks can make.</summary>
    private static readonly (int Break, int Least, int Most)[] Kinds = [(5, 10, 17), (10, 18, 45), (40, 70, 120)];

    /// <summary>Less than this share of a usual spell is a correction.</summary>
    private const double LeastOfSpell = 0.25;

    /// <summary>How far each beginning may be from its time, as a share of the period.</summary>
    private const double MostOff = 1.0 / 3;
    private const double MostOffOfFew = 1.0 / 7;

    /// <summary>A spell that fills so much of the period has no pause after it.</summary>
    private const double MostFilled = 0.7;

    /// <summary>Days, and a share of the period, that a spell may come late.</summary>
    private const int LeastSlack = 4;
    private const double Slack = 0.15;

    /// <summary>The pauses that the rhythm leaves, and so many days more, are no silence.</summary>
    public int LateAfter => LongestPause + Math.Max(LeastSlack, (int)Math.Round(Period * Slack));

    /// <summary>So many days back from the last that belongs to a pause there is a whole spell.</summary>
    public int WholeDays => LateAfter + Spells.Max(spell => spell.Days);

    /// <summary>How often the next spell came in its time: the more often, the surer that one was missed.</summary>
    public double Sureness => (Spells.Count - 0.5) / Spells.Count;

    /// <summary>The last day of the last spell.</summary>
    public int LastDay => Spells[^1].To;

    /// <summary>The day on which the next spell is usually there.</summary>
    public int NextDue => Spells[^1].From + Period;

    /// <summary>True when the time of the next spell has passed without it.</summary>
    /// <param name="yesterday">The last whole day.</param>
    /// <param name="away">Days since the last spell on which customers at large stayed away.</param>
    public bool IsMissed(int yesterday, int away = 0) => yesterday - away - LastDay > LateAfter && yesterday - away >= NextDue + LeastSlack;

    /// <summary>The rhythm that days with value show, the shortest that does; null for none.</summary>
    /// <param name="days">Days with value and how much, oldest first.</param>
    public static Rhythm? Of(IReadOnlyList<(int Day, double Value)> days)
    {
        foreach (var (pause, least, most) in Kinds)
        {
            if (Of(SpellsOf(days, pause), least, most) is { } rhythm)
                return rhythm;
        }
        return null;
    }

    private static Rhythm? Of(List<Spell> all, int least, int most)
    {
        if (all.Count < LeastSpells)
            return null;
        double usual = Median.Of(all.Select(spell => spell.Value))!.Value;
        Spell[] spells = [.. all.Where(spell => spell.Value >= LeastOfSpell * usual).TakeLast(MostSpells)];
        if (spells.Length < LeastSpells)
            return null;
        double[] apart = [.. spells.Zip(spells.Skip(1), (a, b) => (double)(b.From - a.From))];
        double period = Median.Of(apart)!.Value,
            off = spells.Length == LeastSpells ? MostOffOfFew : MostOff;
        if (
            period < least
            || period > most
            || apart.Any(days => Math.Abs(days - period) > off * period)
            || spells.Any(spell => spell.Days > MostFilled * period)
        )
            return null;
        return new Rhythm(
            (int)Math.Round(period),
            spells,
            Median.Of(spells.SkipLast(1).Select(spell => spell.Value))!.Value,
            spells.Zip(spells.Skip(1), (a, b) => b.From - a.To - 1).Max()
        );
    }

    private static List<Spell> SpellsOf(IReadOnlyList<(int Day, double Value)> days, int pause)
    {
        var spells = new List<Spell>();
        for (int i = 0; i < days.Count; )
        {
            var (from, sum) = days[i];
            int to = from;
            for (i++; i < days.Count && days[i].Day - to <= pause; i++)
            {
                to = days[i].Day;
                sum += days[i].Value;
            }
            spells.Add(new Spell(from, to, sum));
        }
        return spells;
    }
}

/// <summary>Days with value close together, the first and the last of them, and what they brought.</summary>
public sealed record Spell(int From, int To, double Value)
{
    public int Days => To - From + 1;
}
