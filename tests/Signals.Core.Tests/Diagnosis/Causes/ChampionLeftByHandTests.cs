using Signals.Core.Diagnosis.Causes.ChampionLeft;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>
/// The rule against its description, worked out the long way on random accounts of a few people: what each day brought each, in minutes.
/// </summary>
public sealed class ChampionLeftByHandTests
{
    private const int Samples = 6_000;

    [Fact]
    public void It_finds_whom_its_description_names_and_is_as_sure()
    {
        var random = new Random(30);
        int found = 0,
            shared = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            var settings = new ChampionLeftSettings(
                random.Next(2) == 0 ? 7 : 14,
                0.4,
                random.Next(2) == 0 ? 28 : 56,
                2,
                random.Next(2) * 3 + 1
            );
            int[][] people = Draw(random);
            int[] days = [.. Enumerable.Range(0, people[0].Length).Select(day => people.Sum(person => person[day]))];
            var context = DayContexts.Of(days, settings);
            int today = context.Today;
            CarryingPerson[] carriers =
            [
                .. people
                    .Select((person, i) => Carrying($"u_{i}", person, settings, random, today - days.Length))
                    .OfType<CarryingPerson>()
                    .OrderByDescending(carrier => carrier.Value),
            ];
            context = context with
            {
                People = new PeopleSummary { Reviewed = people.Length, Carriers = carriers },
            };

            var expected = carriers
                .Select(carrier => (carrier.Person, Sure: ByHand(carrier, days, settings, today - days.Length)))
                .Where(item => item.Sure is not null)
                .DefaultIfEmpty()
                .MaxBy(item => item.Sure);
            var said = new ChampionLeftRule().Assess(context);

            string told =
                $"sample {sample}: {settings}, {string.Join(", ", carriers.AsEnumerable())}, today {today}, {string.Join(' ', days)}";
            Assert.True(expected.Person == said?.People?[0], $"{said?.People?[0]} instead of {expected.Person} of {told}");
            Assert.True(
                Math.Abs((expected.Sure - said?.Confidence) ?? 0) < 1e-9,
                $"{said?.Confidence} instead of {expected.Sure} of {told}"
            );
            found += said is null ? 0 : 1;
            shared += said?.Explains.Count == 0 ? 1 : 0;
        }
        Assert.InRange(found, Samples / 10, Samples * 3 / 4);
        Assert.InRange(shared, Samples / 100, found - Samples / 100);
    }

    /// <summary>Somebody who carries much and mostly stops, and others who go on, stop with them, or later.</summary>
    private static int[][] Draw(Random random)
    {
        int[][] people = [.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => new int[random.Next(40, 130)])];
        int length = people.Max(person => person.Length),
            stops = length - random.Next(1, 60);
        for (int i = 0; i < people.Length; i++)
        {
            people[i] = new int[length];
            double often = 0.2 + 0.8 * random.NextDouble();
            int most = i == 0 ? 12 : random.Next(1, 8),
                falls = i == 0 ? stops : stops + (random.Next(3) == 0 ? 0 : random.Next(-5, 25));
            double left = i == 0 ? 0 : random.Next(3) * 0.5;
            for (int day = i == 0 ? 0 : random.Next(length / 2); day < length; day++)
                people[i][day] = random.NextDouble() < (day < falls ? often : often * left) ? random.Next(1, most + 1) : 0;
        }
        return people;
    }

    private static CarryingPerson? Carrying(string person, int[] days, ChampionLeftSettings settings, Random random, int firstDay)
    {
        int last = Array.FindLastIndex(days, value => value > 0);
        if (last < 0)
            return null;
        int[] baseline = days[Math.Max(0, last - settings.BaselineDays + 1)..(last + 1)];
        Departure? departure = random.Next(6) switch
        {
            0 => new Departure(DepartureSign.Removed, firstDay + last),
            1 => new Departure(DepartureSign.Bounced, firstDay + last),
            2 => new Departure(DepartureSign.RoleChanged, firstDay + last, "Buyer", "Seller"),
            _ => null,
        };
        int? pause = random.Next(6) == 0 ? random.Next(5, 40) : null;
        return new CarryingPerson(person, firstDay + last, baseline.Sum(), baseline.Count(value => value > 0), departure, pause);
    }

    private static double? ByHand(CarryingPerson carrier, int[] days, ChampionLeftSettings settings, int firstDay)
    {
        int last = carrier.LastDay - firstDay,
            yesterday = days.Length - 1,
            silent = yesterday - last,
            pause = carrier.UsualPause ?? 0;
        var sign = carrier.Departure?.Sign;
        int least =
            sign == DepartureSign.Removed ? -1
            : sign is null ? Math.Max(settings.SilentDays, pause + 1)
            : Math.Max(Math.Min(settings.SignDays, settings.SilentDays), pause + 1);
        int longest = Math.Max(settings.SilentDays, pause);
        if (silent < least || silent > longest + settings.BaselineDays)
            return null;
        int from = Math.Max(0, last - settings.BaselineDays + 1);
        double whole = Sum(from, last),
            share = carrier.Value / whole;
        if (share < settings.Share || IsTakenOver(Math.Min(silent, longest)))
            return null;
        double doubt = sign switch
        {
            DepartureSign.Removed => 0.05,
            DepartureSign.Bounced => 0.25,
            DepartureSign.RoleChanged => 0.4,
            _ => 1,
        };
        double sure = 1 - doubt * Math.Exp(-silent * carrier.Days / (double)settings.BaselineDays);
        return sure * Math.Min(1, 2 * share) * PartOfTheFall();

        double Sum(int first, int end) => days[Math.Max(0, first)..(end + 1)].Sum();

        // The same weekdays of up to four spans of weeks that were over on the champion's last day.
        bool IsTakenOver(int compared)
        {
            if (compared < 3)
                return false;
            int span = 7 * (int)Math.Ceiling(compared / 7.0);
            var before = new List<double>();
            for (int i = 0, end = yesterday; i < 4; end -= 7)
            {
                if (end > last)
                    continue;
                if (end - compared + 1 < 0)
                    break;
                before.Add(Sum(end - compared + 1, end));
                end -= span - 7;
                i++;
            }
            double usual = before.Count > 0 ? before.Average() : Sum(last - compared + 1, last);
            return usual > 0 && Sum(days.Length - compared, yesterday) >= 0.8 * usual;
        }

        double PartOfTheFall()
        {
            if (silent < 7)
                return 1;
            int length = last - from + 1;
            double theirs = carrier.Value / length,
                others = (whole - carrier.Value) / length,
                fell = others - Sum(last + 1, yesterday) / silent,
                part = theirs / (theirs + Math.Max(0, fell));
            return part >= 0.6 || Sum(last + 1, last + 7) / 7 >= 0.6 * others ? 1 : part;
        }
    }
}
