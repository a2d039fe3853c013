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

    private readonly Foremost<SunsetAccount> _waiting = new(SunsetMeasure.MaxListed, ByPrice);
    private readonly Foremost<SunsetAccount> _moving = new(SunsetMeasure.MaxListed, ByPrice);
    private readonly Foremost<SunsetAccount> _moved = new(SunsetMeasure.MaxListed, ByPrice);
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
        {
            _waitingCount++;
            _waiting.Add(entry);
        }
        else if (lastDay > account.Today - StillUsedDays)
        {
            _movingCount++;
            _moving.Add(entry);
        }
        else
        {
            _movedCount++;
            _moved.Add(entry);
        }
    }

    public SunsetMeasure Measure() =>
        new(
            retired.Id,
            Proportion.Of95(_movedCount, _movedCount + _movingCount + _waitingCount),
            _movingCount,
            _waitingCount,
            [.. _waiting.Items().Concat(_moving.Items()).Take(SunsetMeasure.MaxListed)],
            _moved.Items()
        );

    /// <summary>Those who pay most first.</summary>
    private static int ByPrice(SunsetAccount a, SunsetAccount b) =>
        b.Price.CompareTo(a.Price) is not 0 and var by ? by : string.CompareOrdinal(a.Id, b.Id);
}
