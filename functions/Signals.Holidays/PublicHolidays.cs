using System.Collections.Concurrent;
using PublicHoliday;
using Calendar = PublicHoliday.IPublicHolidays;

namespace Signals.Holidays;

/// <summary>
/// The days on which all of a country rests, as the package PublicHoliday works them out; those of single regions are working days. Each
/// year is worked out once.
/// </summary>
public sealed class PublicHolidays : Core.Platform.Time.IPublicHolidays
{
    private static readonly Dictionary<string, Func<Calendar>> ByCountry = new(StringComparer.Ordinal)
    {
        ["AT"] = static () => new AustriaPublicHoliday(),
        ["AU"] = static () => new AustraliaPublicHoliday(),
        ["BE"] = static () => new BelgiumPublicHoliday(),
        ["BR"] = static () => new BrazilPublicHoliday(),
        ["CA"] = static () => new CanadaPublicHoliday(),
        ["CH"] = static () => new SwitzerlandPublicHoliday(),
        ["CZ"] = static () => new CzechRepublicPublicHoliday(),
        ["DE"] = static () => new GermanPublicHoliday(),
        ["DK"] = static () => new DenmarkPublicHoliday(),
        ["EE"] = static () => new EstoniaPublicHoliday(),
        ["ES"] = static () => new SpainPublicHoliday(),
        ["FI"] = static () => new FinlandPublicHoliday(),
        ["FR"] = static () => new FrancePublicHoliday(),
        ["GB"] = static () => new UKBankHoliday(),
        ["GR"] = static () => new GreecePublicHoliday(),
        ["HR"] = static () => new CroatiaPublicHoliday(),
        ["HU"] = static () => new HungaryPublicHoliday(),
        ["IE"] = static () => new IrelandPublicHoliday(),
        ["IT"] = static () => new ItalyPublicHoliday(),
        ["JP"] = static () => new JapanPublicHoliday(),
        ["KZ"] = static () => new KazakhstanPublicHoliday(),
        ["LT"] = static () => new LithuaniaPublicHoliday(),
        ["LU"] = static () => new LuxembourgPublicHoliday(),
        ["LV"] = static () => new LatviaPublicHoliday(),
        ["ME"] = static () => new MontenegroPublicHoliday(),
        ["MX"] = static () => new MexicoPublicHoliday(),
        ["NL"] = static () => new DutchPublicHoliday(),
        ["NO"] = static () => new NorwayPublicHoliday(),
        ["NZ"] = static () => new NewZealandPublicHoliday(),
        ["PL"] = static () => new PolandPublicHoliday(),
        ["PT"] = static () => new PortugalPublicHoliday(),
        ["RO"] = static () => new RomanianPublicHoliday(),
        ["RS"] = static () => new SerbianPublicHoliday(),
        ["SE"] = static () => new SwedenPublicHoliday(),
        ["SI"] = static () => new SloveniaPublicHoliday(),
        ["SK"] = static () => new SlovakiaPublicHoliday(),
        ["TR"] = static () => new TurkeyPublicHoliday(),
        ["US"] = static () => new USAPublicHoliday(),
        ["ZA"] = static () => new SouthAfricaPublicHoliday(),
    };

    private readonly ConcurrentDictionary<(string Country, int Year), HashSet<DateOnly>> _years = new();

    public IReadOnlyCollection<string> Countries => ByCountry.Keys;

    public bool IsHoliday(string country, DateOnly day) =>
        ByCountry.ContainsKey(country) && _years.GetOrAdd((country, day.Year), static key => DaysOf(key.Country, key.Year)).Contains(day);

    private static HashSet<DateOnly> DaysOf(string country, int year) =>
        [.. ByCountry[country]().PublicHolidays(year).Select(DateOnly.FromDateTime)];
}
