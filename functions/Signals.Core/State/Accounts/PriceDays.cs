using System.Globalization;
using System.Runtime.InteropServices;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.State.Accounts;

/// <summary>
/// What an account paid a month, by UTC day, so that it can be told what became of the money and not only of the customers. Kept as the
/// last price said on each day, so that the order of arrival does not matter, for <see cref="History.RetentionDays"/> days back from the
/// newest.
/// </summary>
public sealed class PriceDays
{
    private const double CentsPerUnit = 100;
    private const double MostCents = 1e15;

    /// <summary>Where nothing was said, which is so of most.</summary>
    private static readonly SortedList<int, Said> Unsaid = [];

    /// <summary>By trait: <c>price</c> outranks <c>mrr</c>, as it does in <see cref="AccountFacts"/>.</summary>
    private SortedList<int, Said> _prices = Unsaid;
    private SortedList<int, Said> _mrrs = Unsaid;

    /// <summary>What a row of before prices were kept by day still tells: the last one of each trait.</summary>
    public static PriceDays Of(Profile profile)
    {
        var prices = new PriceDays();
        foreach (var (trait, told) in profile.Fields)
            prices.Note(trait, told.Value, told.At);
        return prices;
    }

    /// <summary>Notes what was said; what is no price a month (none, no number, below nothing) takes back what was said before.</summary>
    /// <param name="trait"><see cref="Traits.Price"/> or <see cref="Traits.Mrr"/>; others are passed over.</param>
    /// <param name="value">As JSON wrote it; null where the trait was unset.</param>
    /// <param name="at">The time of its event.</param>
    public void Note(string trait, string? value, DateTimeOffset at)
    {
        var said = new Said(CentsOf(value), (int)at.UtcDateTime.TimeOfDay.TotalMilliseconds);
        if (trait == Traits.Price)
            Note(ref _prices, Days.Of(at), said);
        else if (trait == Traits.Mrr)
            Note(ref _mrrs, Days.Of(at), said);
    }

    /// <summary>
    /// The price of a day's end: the last one said up to then, else the first one said after; null where none was ever said, and where it
    /// was taken back.
    /// </summary>
    public double? On(int day)
    {
        int price = LastUpTo(_prices, day),
            mrr = LastUpTo(_mrrs, day);
        return price < 0 && mrr < 0 ? PriceAt(_prices, 0) ?? PriceAt(_mrrs, 0) : PriceAt(_prices, price) ?? PriceAt(_mrrs, mrr);
    }

    /// <summary>The days on which the price became another, oldest first, with what it was and is.</summary>
    public IEnumerable<(int Day, double Before, double After)> Changes
    {
        get
        {
            double? before = null;
            foreach (int day in _prices.Keys.Union(_mrrs.Keys).Order())
            {
                double? after = On(day);
                if (before is { } was && after is { } now && was != now)
                    yield return (day, was, now);
                before = after;
            }
        }
    }

    public void MergeFrom(PriceDays other)
    {
        foreach (var (day, said) in other._prices)
            Note(ref _prices, day, said);
        foreach (var (day, said) in other._mrrs)
            Note(ref _mrrs, day, said);
    }

    public override string ToString() =>
        string.Join(
            ' ',
            _prices
                .Select(said => $"{Days.Key(said.Key)}={said.Value.Cents}")
                .Concat(_mrrs.Select(said => $"{Days.Key(said.Key)}~{said.Value.Cents}"))
        );

    public void Write(PackWriter writer)
    {
        Write(writer, _prices);
        Write(writer, _mrrs);
    }

    public static PriceDays Read(ref PackReader reader)
    {
        var prices = new PriceDays();
        Read(ref reader, ref prices._prices);
        Read(ref reader, ref prices._mrrs);
        return prices;
    }

    private static void Note(ref SortedList<int, Said> days, int day, Said said)
    {
        if (ReferenceEquals(days, Unsaid))
            days = [];
        if (days.Count > 0 && day < days.Keys[^1] - History.RetentionDays)
            return;
        days[day] = days.TryGetValue(day, out var known) && known.IsAfter(said) ? known : said;
        while (days.Keys[0] < days.Keys[^1] - History.RetentionDays)
            days.RemoveAt(0);
    }

    private static long CentsOf(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double price)
        && price is >= 0 and < MostCents / CentsPerUnit
            ? (long)Math.Round(price * CentsPerUnit)
            : Said.Nothing;

    /// <summary>The index of a day's entry or the last one before; -1 where there is none.</summary>
    private static int LastUpTo(SortedList<int, Said> days, int day)
    {
        int low = 0,
            high = days.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (days.Keys[middle] <= day)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private static double? PriceAt(SortedList<int, Said> days, int index) =>
        index >= 0 && index < days.Count && days.Values[index].Cents is not Said.Nothing and var cents ? cents / CentsPerUnit : null;

    private static void Write(PackWriter writer, SortedList<int, Said> days)
    {
        writer.Count(days.Count);
        int previous = 0;
        foreach (var (day, said) in days)
        {
            writer.Count(day - previous);
            writer.Signed(said.Cents);
            writer.Count(said.Millisecond);
            previous = day;
        }
    }

    private static void Read(ref PackReader reader, ref SortedList<int, Said> days)
    {
        int day = 0,
            count = reader.Count();
        if (count > 0)
            days = [];
        for (; count > 0; count--)
        {
            day += reader.Int();
            days[day] = new Said(reader.Signed(), reader.Int());
        }
    }

    /// <summary>Of one day's the last counts, of one moment's the dearest.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Said(long Cents, int Millisecond)
    {
        /// <summary>In place of a price: it was taken back.</summary>
        public const long Nothing = -1;

        public bool IsAfter(Said other) => (Millisecond, Cents).CompareTo((other.Millisecond, other.Cents)) > 0;
    }
}
