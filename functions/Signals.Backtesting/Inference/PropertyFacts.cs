using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting.Inference;

/// <summary>What a property or trait held, over all events of a name.</summary>
public sealed class PropertyFacts(string name)
{
    /// <summary>Different texts told apart; of more, only that there were more.</summary>
    public const int MaxTexts = 40;

    private const int MaxTextChars = 60;

    private readonly QuantileSketch _numbers = new();
    private readonly Dictionary<string, long> _texts = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public NameWords Words { get; } = new(name);

    /// <summary>By its name, what a customer pays for.</summary>
    public bool IsPlan { get; } = PlanWords.IsPlan(new NameWords(name));

    /// <summary>By its name, what they pay a month.</summary>
    public bool IsPrice { get; } = PlanWords.IsPrice(new NameWords(name));

    /// <summary>By its name, one of the customers' own customers, and no number of them.</summary>
    public bool IsRecipient =>
        Words.Has("recipient", "contact", "subscriber", "lead", "endcustomer", "enduser")
        && !Words.Has("recipients", "contacts", "subscribers", "leads", "count", "total");

    /// <summary>What it counts in, where its name says that it is a time that something took.</summary>
    public DurationUnit? Unit { get; } = DurationUnit.Of(new NameWords(name));

    /// <summary>Events in which it held anything.</summary>
    public long Count { get; private set; }

    /// <summary>Those in which it was a number.</summary>
    public long Numbers { get; private set; }

    /// <summary>Those in which it was a date and time.</summary>
    public long Moments { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    public double Sum { get; private set; }

    /// <summary>True where more different texts came than are told apart.</summary>
    public bool HasManyTexts { get; private set; }

    /// <summary>Texts by how often they came.</summary>
    public IReadOnlyDictionary<string, long> Texts => _texts;

    public bool IsNumber => Count > 0 && Numbers >= 0.9 * Count;

    public bool IsMoment => Count > 0 && Moments >= 0.9 * Count;

    /// <summary>True for a few words that come again and again, as plans do.</summary>
    public bool IsChoice => !HasManyTexts && _texts.Count is >= 1 and <= 15 && !IsNumber && !IsMoment;

    public double Median => Numbers == 0 ? double.NaN : _numbers.Quantile(0.5);

    public double Quantile(double share) => Numbers == 0 ? double.NaN : _numbers.Quantile(share);

    public void Add(string? text, double? number)
    {
        if (text is null)
            return;
        Count++;
        if (number is { } value)
        {
            Numbers++;
            Sum += value;
            Least = Math.Min(Least, value);
            Most = Math.Max(Most, value);
            _numbers.Add(value);
        }
        else if (
            text.Length >= 10
            && char.IsAsciiDigit(text[0])
            && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)
        )
            Moments++;
        if (HasManyTexts || text.Length > MaxTextChars)
        {
            HasManyTexts = true;
            return;
        }
        if (!_texts.TryAdd(text, 1))
            _texts[text]++;
        if (_texts.Count > MaxTexts)
            HasManyTexts = true;
    }
}
