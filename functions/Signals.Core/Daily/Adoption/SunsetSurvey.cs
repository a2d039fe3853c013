using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.FeatureSunset;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Adoption;

/// <summary>Gathers, one account after the other, who has moved on from a feature that is being retired.</summary>
public sealed class SunsetSurvey(Sunset sunset, Feature retired, Feature replacement)
{
    /// <summary>Who used the old one within so many days has not left it behind.</summary>
    private const int StillUsedDays = 14;

    private readonly List<SunsetAccount> _waiting = [];
    private readonly List<SunsetAccount> _moving = [];
    private readonly List<SunsetAccount> _moved = [];
    private int _waitingCount;
    private int _movingCount;
    private int _movedCount;

    /// <summary>A survey for each sunset of a model whose features it knows.</summary>
    public static IReadOnlyList<SunsetSurvey> Of(ValueModel model) =>
        [
            .. from sunset in model.Sunsets
            join retired in model.Features on sunset.Feature equals retired.Id
            join replacement in model.Features on sunset.ReplacementFeature equals replacement.Id
            select new SunsetSurvey(sunset, retired, replacement),
        ];

    public void Add(AccountContext account)
    {
        int announced = sunset.Announced.DayNumber,
            window = FeatureSunsetSettings.Of(account.Model).Days;
        if (account.IsChurned || account.Usage.LastOf(retired.Events) is not { } last || Days.Of(last) < announced - window)
            return;
        int lastDay = Days.Of(last);
        bool replaced = account.Usage.LastOf(replacement.Events) is { } used && Days.Of(used) >= announced;
        DateOnly? since = replaced
            ? Days.Date(account.Usage.DaysOf(replacement.Events, announced, account.Today).DefaultIfEmpty(announced).First())
            : null;
        var entry = new SunsetAccount(account.Facts.Id, account.Facts.Name, account.Facts.Price, Days.Date(lastDay), since);
        if (!replaced)
            Keep(_waiting, entry, ref _waitingCount);
        else if (lastDay > account.Today - StillUsedDays)
            Keep(_moving, entry, ref _movingCount);
        else
            Keep(_moved, entry, ref _movedCount);
    }

    public SunsetMeasure Measure() =>
        new(
            retired.Id,
            Proportion.Of95(_movedCount, _movedCount + _movingCount + _waitingCount),
            _movingCount,
            _waitingCount,
            [.. Largest(_waiting).Concat(Largest(_moving)).Take(SunsetMeasure.MaxListed)],
            [.. Largest(_moved).Take(SunsetMeasure.MaxListed)]
        );

    private static void Keep(List<SunsetAccount> kept, SunsetAccount account, ref int count)
    {
        count++;
        kept.Add(account);
        if (kept.Count < 2 * SunsetMeasure.MaxListed)
            return;
        var largest = Largest(kept).Take(SunsetMeasure.MaxListed).ToList();
        kept.Clear();
        kept.AddRange(largest);
    }

    private static IEnumerable<SunsetAccount> Largest(List<SunsetAccount> accounts) =>
        accounts.OrderByDescending(account => account.Price).ThenBy(account => account.Id, StringComparer.Ordinal);
}
