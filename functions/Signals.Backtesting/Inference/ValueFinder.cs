using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting.Inference;

/// <summary>
/// Finds what gives value: durations where events tell them, with deeds beside them that bring something about; else deeds alone, a
/// reaction less than a deed.
/// </summary>
internal sealed class ValueFinder(EventSurvey survey, IReadOnlyList<NamedRole> roles)
{
    private const double LightAmount = 0.25;
    private const double DeedMinutes = 3;
    private const int MaxSources = 8;
    private const long DaySeconds = 24 * 60 * 60;

    /// <summary>Floors that people would say.</summary>
    private static readonly double[] Nice = [1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 500, 1000];

    private static readonly int[] Windows = [30, 45, 60, 90];

    public ProposedValue Find()
    {
        int people = Math.Max(1, survey.People.Count);
        var work = roles.Where(role => role.Role == NameRole.Work && role.People >= Math.Max(2, 0.01 * people)).ToList();
        var timed = work.Where(role => role.Name.Duration is not null).OrderByDescending(role => role.Name.Count).Take(MaxSources).ToList();
        var sources = timed.Count > 0 ? Timed(timed, work) : Counted(work);
        string unit = timed.Count > 0 ? "minutes" : "deeds";
        var (days, daysWhy) = WindowOf(sources);
        var (floor, floorWhy) = FloorOf(sources, days, timed.Count > 0);
        return new ProposedValue(unit, sources, floor, days, $"{floorWhy}{daysWhy}");
    }

    private static List<ProposedSource> Timed(List<NamedRole> timed, List<NamedRole> work)
    {
        var sources = timed.ConvertAll(role =>
        {
            var duration = role.Name.Duration!;
            var unit = duration.Unit!.Value;
            string guess = unit.IsGuess ? "; its unit is a guess" : "";
            return new ProposedSource(
                role.Name.Name,
                duration.Name,
                unit.ToMinutes,
                0,
                $"{role.Counts}; {duration.Name} {duration.Least:0.##} to {duration.Most:0.##}, {duration.Median:0.#} in the middle{guess}"
            );
        });
        sources.AddRange(
            work.Where(role => role.Name.Duration is null && BringsAbout(role.Name.Words))
                .OrderByDescending(role => role.Name.Count)
                .Take(MaxSources)
                .Select(role => new ProposedSource(
                    role.Name.Name,
                    null,
                    1,
                    DeedMinutes,
                    $"{role.Counts}; it says no duration: {DeedMinutes:0} minutes are a guess"
                ))
        );
        return sources;
    }

    private List<ProposedSource> Counted(List<NamedRole> work)
    {
        int people = Math.Max(1, survey.People.Count);
        var deeds = work.Where(role => role.People >= 0.05 * people)
            .OrderByDescending(role => role.People * role.DaysPerPerson)
            .Take(MaxSources)
            .ToList();
        if (deeds.Count == 0)
            deeds = [.. work.OrderByDescending(role => role.People).Take(1)];
        var light = roles.Where(role => role.Role == NameRole.Reaction && role.People >= 0.05 * people).Take(2);
        return
        [
            .. deeds.Select(role => new ProposedSource(
                role.Name.Name,
                null,
                1,
                1,
                $"{role.Counts}, {role.PerPerson:0.#} each in the middle"
            )),
            .. light.Select(role => new ProposedSource(
                role.Name.Name,
                null,
                1,
                LightAmount,
                $"{role.Counts}; a light reaction counts less"
            )),
        ];
    }

    /// <summary>Deeds that leave something behind, or bring it to somebody.</summary>
    private static bool BringsAbout(NameWords words) =>
        words.Has(
            "sent",
            "send",
            "publish",
            "shar",
            "creat",
            "run.",
            "ran.",
            "export",
            "complet",
            "submit",
            "upload",
            "generat",
            "schedul",
            "approv",
            "signed",
            "booked",
            "deploy",
            "merg",
            "post",
            "repl",
            "resolv",
            "finish",
            "taken",
            "tracked",
            "recorded",
            "taught",
            "sold",
            "issued"
        ) && !words.Has("friend", "like", "playlist");

    /// <summary>Thirty days, or more where people come more rarely.</summary>
    private (int Days, string Why) WindowOf(List<ProposedSource> sources)
    {
        var names = sources.Select(source => survey.Find(source.Event)).OfType<NameFacts>().ToList();
        var gaps = new List<double>();
        foreach (var person in survey.People.Values)
        {
            int days = 0;
            long first = long.MaxValue,
                last = 0;
            foreach (var name in names)
            {
                if (person.Of(name) is not { } use)
                    continue;
                days = Math.Max(days, use.Days);
                first = Math.Min(first, use.First);
                last = Math.Max(last, use.Last);
            }
            if (days >= 3)
                gaps.Add((last - first) / (double)DaySeconds / (days - 1));
        }
        if (gaps.Count < 20)
            return (30, "");
        double usual = Median.Of(gaps)!.Value;
        int window = Windows.FirstOrDefault(days => days >= 1.5 * usual, Windows[^1]);
        return (window, window == 30 ? "" : $"; days with value are {usual:0} days apart in the middle, so the window is longer");
    }

    private (double Floor, string Why) FloorOf(List<ProposedSource> sources, int days, bool isMinutes)
    {
        var rates = Rates(sources, days);
        if (rates.Count < 10)
            return (isMinutes ? 15 : 1, "the usual floor: too few people to see what is little");
        rates.Sort();
        if (isMinutes && ShareAbove(rates, 15) >= 0.35)
            return (
                15,
                $"the usual floor; {ShareAbove(rates, 15) * 100:0}% of {rates.Count:#,##0} people who had any value come over it "
                    + $"in {days} days"
            );
        double least = rates[rates.Count / 10];
        double floor = Nice.LastOrDefault(nice => nice <= least, Nice[0]);
        return (
            floor,
            $"a tenth of {rates.Count:#,##0} people have less than {least:0.#} in {days} days; "
                + $"{ShareAbove(rates, floor) * 100:0}% come over the floor"
        );
    }

    /// <summary>What each person who had any value had in so many days, over the time that they were there.</summary>
    private List<double> Rates(List<ProposedSource> sources, int days)
    {
        var names = sources
            .Select(source => (Source: source, Name: survey.Find(source.Event)))
            .Where(source => source.Name is not null)
            .ToList();
        var rates = new List<double>();
        foreach (var person in survey.People.Values)
        {
            double value = 0;
            foreach (var (source, name) in names)
            {
                if (person.Of(name!) is { } use)
                    value += source.Property is null ? use.Count * source.Amount : use.Duration;
            }
            double span = Math.Max(days, (person.Last - person.First) / (double)DaySeconds);
            if (value > 0)
                rates.Add(value * days / span);
        }
        return rates;
    }

    private static double ShareAbove(List<double> rates, double floor) => (double)rates.Count(rate => rate >= floor) / rates.Count;
}
