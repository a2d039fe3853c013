using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Adoption;

/// <summary>Gathers, one account after the other, how a feature is adopted. Takes the same room for any number of accounts.</summary>
public sealed class FeatureSurvey
{
    private readonly SurvivalCurve _adoption = new();
    private readonly SurvivalCurve _keeping = new();
    private readonly int[] _accountsByDaysUsed = new int[FeatureUse.Window + 1];
    private int _eligible;
    private int _adopters;
    private int _users;
    private long _uses;

    public void Add(FeatureUse use)
    {
        _eligible++;
        if (use.Adopted is not { } adopted)
        {
            _adoption.Add(use.Age, happened: false);
            return;
        }

        _adopters++;
        _adoption.Add(adopted, happened: true);
        _keeping.Add(use.Kept, use.Stopped);
        if (use.Days == 0)
            return;
        _users++;
        _accountsByDaysUsed[Math.Min(use.Days, FeatureUse.Window)]++;
        _uses += use.Uses;
    }

    public FeatureMeasure Measure(string id) =>
        new(
            id,
            Proportion.Of95(_users, _eligible),
            Proportion.Of95(_adopters, _eligible),
            _users == 0 ? null : Math.Round((double)_uses / _users, 2),
            MedianDaysUsed(),
            _adoption.Median(),
            Math.Round(1 - _adoption.ShareAfter(FeatureUse.Window), 4),
            _keeping.Median(),
            Math.Round(_keeping.ShareAfter(90), 4)
        );

    private int? MedianDaysUsed()
    {
        if (_users == 0)
            return null;
        int days = 0;
        for (int passed = 0; passed <= _users / 2; days++)
            passed += _accountsByDaysUsed[days];
        return days - 1;
    }
}
