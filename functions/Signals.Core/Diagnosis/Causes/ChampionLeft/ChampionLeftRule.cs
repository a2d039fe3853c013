using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Diagnosis.Causes.ChampionLeft;

/// <summary>
/// The person who carried the account is gone, and nobody has taken over what they did: silent for a while, or for less when there is a
/// sign that they left (deactivated or removed, another role, an address that bounces).
/// </summary>
/// <remarks>
/// Silence leaves the Poisson probability of no day with value in that time at the person's own earlier rate, so that somebody who came now
/// and then is not missed too soon; a sign leaves its own doubt, and both must be wrong for the champion to be there still (Pearl's
/// noisy-or, 1988). Confidence is what is left of certainty, times how much of the account they carried, half of it being full. Where the
/// others fell with them on the same days it is no story of one person: the share of the fall that was theirs is taken of it. Where they
/// fell later, they fell for want of the champion, and the drop follows from this.
/// </remarks>
public sealed class ChampionLeftRule : IAccountRule
{
    /// <summary>
    /// The account's value at this share of its earlier level means that others have taken over: a successor has their own work too.
    /// </summary>
    private const double TakenOver = 0.8;

    /// <summary>Over fewer days a level says nothing, same weekdays or not.</summary>
    private const int LeastComparedDays = 3;

    private const int Week = 7;

    /// <summary>Earlier weeks that tell what is usual on those weekdays.</summary>
    private const int ComparedWeeks = 4;

    /// <summary>So much of the account's fall makes it the champion's.</summary>
    private const double MostOfTheFall = 0.6;

    /// <summary>The others' level over the first week without the champion at which they had not fallen with them.</summary>
    private const double FellLater = 0.6;

    private const double FullShare = 0.5;

    public string Cause => CauseIds.ChampionLeft;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = ChampionLeftSettings.Of(context.Model);
        if (!context.Account.Key.IsGroup || context.People.Reviewed < settings.People)
            return null;
        RuleFinding? best = null;
        foreach (var carrier in context.People.Carriers)
        {
            if (Assess(context, carrier, settings) is { } finding && (best is null || finding.Confidence > best.Confidence))
                best = finding;
        }
        return best;
    }

    private static RuleFinding? Assess(AccountContext context, CarryingPerson carrier, ChampionLeftSettings settings)
    {
        int silent = context.Yesterday - carrier.LastDay,
            from = carrier.LastDay - settings.BaselineDays + 1;
        int pause = carrier.UsualPause ?? 0;
        if (
            silent < LeastSilence(carrier, settings)
            || silent > Math.Max(settings.SilentDays, pause) + settings.BaselineDays
            || !context.KnowsValueFrom(from)
        )
            return null;
        double whole = context.Usage.Value(from, carrier.LastDay);
        double share = whole > 0 ? Math.Min(1, carrier.Value / whole) : 0;
        if (share < settings.Share || IsTakenOver(context, carrier, Math.Min(silent, Math.Max(settings.SilentDays, pause))))
            return null;
        double rate = (double)carrier.Days / settings.BaselineDays;
        double confidence = (1 - Doubt(carrier.Departure) * Math.Exp(-rate * Math.Max(0, silent))) * Math.Min(1, share / FullShare);
        double ofFall = ShareOfFall(context, carrier, Math.Max(from, context.Usage.FirstDay ?? from), whole);
        var next = NextOf(context, carrier);
        return new RuleFinding(confidence * ofFall, null, () => Explain(context, settings, carrier, next, share))
        {
            People = [carrier.Person],
            Named = next is null ? [carrier.Person] : [carrier.Person, next.Person],
            Explains = ofFall < 1 ? [] : [CauseIds.UsageDrop, CauseIds.SeatsShrinking],
        };
    }

    /// <summary>
    /// True for somebody who got value after the champion did for the last time, or in these days: only they can carry it on.
    /// </summary>
    public static bool IsThere(AccountContext context, string champion, string person)
    {
        var carriers = context.People.Carriers;
        if (carriers.FirstOrDefault(carrier => carrier.Person == champion) is not { } gone)
            return true;
        int lately = context.Today - ChampionLeftSettings.Of(context.Model).SignDays;
        return carriers.Any(carrier => carrier.Person == person && (carrier.LastDay > gone.LastDay || carrier.LastDay >= lately));
    }

    /// <summary>
    /// How much of the fall since their last day is the champion's own: 1 where it is most of it, or where the others fell later.
    /// </summary>
    private static double ShareOfFall(AccountContext context, CarryingPerson carrier, int from, double whole)
    {
        int silent = context.Yesterday - carrier.LastDay;
        if (silent < Week)
            return 1;
        int days = carrier.LastDay - from + 1;
        double theirs = carrier.Value / days,
            others = Math.Max(0, whole - carrier.Value) / days;
        double othersAtFirst = context.Usage.Value(carrier.LastDay + 1, carrier.LastDay + Week) / Week,
            othersSince = context.Usage.Value(carrier.LastDay + 1, context.Yesterday) / silent;
        double share = theirs / (theirs + Math.Max(0, others - othersSince));
        return share >= MostOfTheFall || othersAtFirst >= FellLater * others ? 1 : share;
    }

    /// <summary>
    /// Whole days without value that it takes, beyond the pauses of who comes once a month. Who has no access cannot come, however short
    /// a time ago that was.
    /// </summary>
    private static int LeastSilence(CarryingPerson carrier, ChampionLeftSettings settings) =>
        carrier.Departure?.Sign switch
        {
            DepartureSign.Removed => -1,
            null => Math.Max(settings.SilentDays, (carrier.UsualPause ?? 0) + 1),
            _ => Math.Max(Math.Min(settings.SignDays, settings.SilentDays), (carrier.UsualPause ?? 0) + 1),
        };

    /// <summary>How often a sign is seen of people who stay.</summary>
    private static double Doubt(Departure? departure) =>
        departure?.Sign switch
        {
            DepartureSign.Removed => 0.05,
            DepartureSign.Bounced => 0.25,
            DepartureSign.RoleChanged => 0.4,
            _ => 1,
        };

    /// <summary>
    /// The last days against the same weekdays of the weeks up to the champion's last day; in a young account, against as many days up
    /// to it.
    /// </summary>
    private static bool IsTakenOver(AccountContext context, CarryingPerson carrier, int days)
    {
        if (days < LeastComparedDays)
            return false;
        int weeks = (context.Yesterday - carrier.LastDay + Week - 1) / Week,
            step = (days + Week - 1) / Week;
        var before = new List<double>();
        for (
            int back = weeks;
            back < weeks + ComparedWeeks * step && context.Usage.FirstDay <= context.Today - days - back * Week;
            back += step
        )
            before.Add(context.Usage.Value(context.Today - days - back * Week, context.Yesterday - back * Week));
        if (before.Count == 0)
            before.Add(context.Usage.Value(carrier.LastDay - days + 1, carrier.LastDay));
        double usual = before.Average();
        return usual > 0 && context.Usage.Value(context.Today - days, context.Yesterday) >= TakenOver * usual;
    }

    /// <summary>Who could take over: of those who are there, who got most lately; null for nobody.</summary>
    private static CarryingPerson? NextOf(AccountContext context, CarryingPerson carrier) =>
        context
            .People.Leaders.Where(leader => leader.Person != carrier.Person && IsThere(context, carrier.Person, leader.Person))
            .Select(leader => context.People.Carriers.FirstOrDefault(other => other.Person == leader.Person))
            .FirstOrDefault(other => other is not null);

    private static List<Evidence> Explain(
        AccountContext context,
        ChampionLeftSettings settings,
        CarryingPerson carrier,
        CarryingPerson? next,
        double share
    )
    {
        string who = context.NameOf(carrier.Person);
        var lines = new List<Evidence>();
        if (carrier.Departure is { } departure)
            lines.Add(Seen(departure, who, share) with { Person = carrier.Person });
        if (carrier.LastDay < context.Yesterday)
            lines.Add(Silence(carrier, settings, who, lines.Count == 0 ? share : null) with { Person = carrier.Person });
        lines.Add(Next(context, settings, next));
        return lines;
    }

    private static Evidence Seen(Departure departure, string who, double share)
    {
        var (day, part) = (Days.Date(departure.Day), Format.Percent(share));
        return departure.Sign switch
        {
            DepartureSign.Removed => new Evidence(
                Phrase.Of($"{who}, who carried {part} of the value, has no access since {day}"),
                Phrase.Of("removed"),
                Phrase.Of("still there"),
                day
            ),
            DepartureSign.Bounced => new Evidence(
                Phrase.Of($"mail to {who}, who carried {part} of the value, bounces"),
                Phrase.Of("no such recipient"),
                Phrase.Of("delivered"),
                day
            ),
            _ => new Evidence(
                Phrase.Of(
                    $"{who}, who carried {part} of the value, was {Format.Quoted(departure.From ?? "")} and is "
                        + $"{Format.Quoted(departure.To ?? "")} now"
                ),
                Phrase.Same(departure.To ?? ""),
                Phrase.Same(departure.From ?? ""),
                day
            ),
        };
    }

    /// <param name="carrier">Who is silent.</param>
    /// <param name="settings">Over how many days they carried it.</param>
    /// <param name="who">What they are called.</param>
    /// <param name="share">How much they carried, unless that was said.</param>
    private static Evidence Silence(CarryingPerson carrier, ChampionLeftSettings settings, string who, double? share)
    {
        var last = Days.Date(carrier.LastDay);
        double daysAWeek = (double)Week * carrier.Days / settings.BaselineDays;
        return new Evidence(
            share is { } part
                ? Phrase.Of($"{who}, who carried {Format.Percent(part)} of the value, was last seen getting any on {last}")
                : Phrase.Of($"{who} was last seen getting value on {last}"),
            Format.Day(last),
            Phrase.Of($"value on {Format.Amount(daysAWeek)} of {Format.DayCount(Week)}"),
            last
        );
    }

    private static Evidence Next(AccountContext context, ChampionLeftSettings settings, CarryingPerson? next)
    {
        var expected = Phrase.Of("somebody to carry it on");
        if (next is null)
            return new Evidence(Phrase.Of("nobody else gets value now"), Phrase.Of("nobody"), expected, null);
        string who = context.NameOf(next.Person);
        var amount = Phrase.Of($"{Format.Amount(next.Value)} {context.Model.Value.Unit}");
        return new Evidence(
            Phrase.Of($"{who} could take over, last value on {Days.Date(next.LastDay)}"),
            Phrase.Of($"{amount} in the {Format.DayCount(settings.BaselineDays)} up to then"),
            expected,
            null
        )
        {
            Person = next.Person,
        };
    }
}
