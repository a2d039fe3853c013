using System.Runtime.InteropServices;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Statistics;
using Signals.Core.Processing.Folding;

namespace Signals.Backtesting.Inference;

/// <summary>
/// What a stream of events holds, by name and by person: all that a value model is proposed from. In any order; memory grows with people
/// and with the names each of them used, not with events.
/// </summary>
public sealed class EventSurvey
{
    /// <summary>Names told apart; of more, they are counted together.</summary>
    public const int MaxNames = 2_000;

    private const int MaxProperties = 60;

    private readonly Dictionary<string, NameFacts> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonFacts> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyFacts> _personTraits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyFacts> _accountTraits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QuantileSketch> _prices = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<double> _saidPrices = [];
    private readonly Dictionary<string, long> _zones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _languages = new(StringComparer.Ordinal);

    /// <summary>Events of all kinds.</summary>
    public long Events { get; private set; }

    /// <summary>Tracked events whose name was one too many.</summary>
    public long OtherNames { get; private set; }

    public DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    public double Days => Events == 0 ? 0 : (Last - First).TotalDays;

    public IReadOnlyCollection<NameFacts> Names => _names.Values;

    /// <summary>Everybody who did something, by id; anonymous ones begin with a tilde.</summary>
    public IReadOnlyDictionary<string, PersonFacts> People => _people;

    /// <summary>Those of them who are known by an id of the product's.</summary>
    public IEnumerable<KeyValuePair<string, PersonFacts>> Known => _people.Where(person => !person.Key.StartsWith('~'));

    public IReadOnlyDictionary<string, PropertyFacts> PersonTraits => _personTraits;

    public IReadOnlyDictionary<string, PropertyFacts> AccountTraits => _accountTraits;

    public IReadOnlyDictionary<string, long> Zones => _zones;

    public IReadOnlyDictionary<string, long> Languages => _languages;

    /// <summary>False for what was read from a data folder: it keeps no properties that its model does not ask for.</summary>
    public bool HasProperties { get; init; } = true;

    /// <summary>What a plan costs, where events or traits said both; the middle of what was said.</summary>
    public double? PriceOf(string plan)
    {
        if (_prices.GetValueOrDefault(plan) is not { } prices)
            return null;
        double price = prices.Quantile(0.5);
        // The sketch is within 2%: the price that was said next to it.
        return _saidPrices.MinBy(said => Math.Abs(said - price));
    }

    public NameFacts? Find(string name) => _names.GetValueOrDefault(name);

    public void Add(UsageEvent usage)
    {
        Note(usage.Timestamp);
        var person = PersonOf(usage);
        if (usage.GroupId is { } group)
            person.Account = group;
        Count(_zones, usage.TimeZone);
        Count(_languages, usage.Locale is { Length: >= 2 } locale ? locale[..2].ToLowerInvariant() : null);
        switch (usage.Type)
        {
            case EventType.Identify:
                AddProperties(_personTraits, usage, person);
                break;
            case EventType.Group:
                AddProperties(_accountTraits, usage, person);
                break;
            case EventType.Alias:
                break;
            default:
                AddUse(person, usage);
                break;
        }
    }

    /// <summary>Adds what is known of a person's use of a name, from where it is kept.</summary>
    public void AddKept(string person, string? account, string name, long count, int days, DateTimeOffset first, DateTimeOffset last)
    {
        Note(first);
        Note(last);
        Events += count - 2;
        var facts = Person(person);
        facts.Account ??= account;
        facts.Saw(first);
        facts.Saw(last);
        if (NameOf(name, isView: name.StartsWith('$')) is { } known)
        {
            known.Count += count;
            ref var use = ref facts.Use(known.Index);
            use.Count += (int)Math.Min(int.MaxValue, count);
            use.Days += days;
            use.First = Min(use.First, first.ToUnixTimeSeconds());
            use.Last = Math.Max(use.Last, last.ToUnixTimeSeconds());
        }
    }

    /// <summary>Adds a trait as it is kept.</summary>
    public void AddTrait(bool ofAccount, string name, string value) =>
        Facts(ofAccount ? _accountTraits : _personTraits, name)?.Add(value, double.TryParse(value, out double number) ? number : null);

    /// <summary>Notes a person's or their account's plan.</summary>
    public void NotePlan(string person, string plan) => Person(person).Plan = plan;

    private void AddUse(PersonFacts person, UsageEvent usage)
    {
        person.Saw(usage.Timestamp);
        if (NameOf(usage.Name, usage.Type != EventType.Track) is not { } name)
        {
            OtherNames++;
            return;
        }
        name.Count++;
        long moment = usage.Timestamp.ToUnixTimeSeconds();
        ref var use = ref person.Use(name.Index);
        use.Count++;
        int day = Core.Platform.Time.Days.Of(usage.Timestamp);
        if (day != use.LastDay)
        {
            use.Days++;
            use.LastDay = day;
        }
        use.First = Min(use.First, moment);
        use.Last = Math.Max(use.Last, moment);
        if (name.IsView)
            return;
        string? plan = null;
        double? price = null;
        var payload = new PayloadReader(usage.Payload);
        while (payload.Next())
        {
            double? number = payload.Number();
            string property = payload.NameText;
            if (name.PropertyOf(property, MaxProperties) is not { } facts)
                continue;
            string? text = payload.Text();
            facts.Add(text, number);
            if (number is { } amount && amount > 0 && facts.Unit is not null)
                use.Duration += amount * facts.Unit.Value.ToMinutes;
            if (text is not null && number is null && facts.IsPlan)
                person.Plan = plan = text;
            if (facts.IsPrice)
                price = number;
        }
        NotePrice(plan, price);
    }

    private void AddProperties(Dictionary<string, PropertyFacts> traits, UsageEvent usage, PersonFacts person)
    {
        string? plan = null;
        double? price = null;
        var payload = new PayloadReader(usage.Payload);
        while (payload.Next())
        {
            string name = payload.NameText;
            string? text = payload.Text();
            var facts = Facts(traits, name);
            facts?.Add(text, payload.Number());
            if (text is not null && facts is { IsPlan: true } && payload.Number() is null)
                person.Plan = plan = text;
            if (facts is { IsPrice: true })
                price = payload.Number();
            if (usage.Type == EventType.Identify && name == "locale")
                Count(_languages, text is { Length: >= 2 } ? text[..2].ToLowerInvariant() : null);
        }
        NotePrice(plan, price);
    }

    private void NotePrice(string? plan, double? price)
    {
        if (plan is null || price is not (>= 0 and < 1_000_000) || (_saidPrices.Count >= 1_000 && !_saidPrices.Contains(price.Value)))
            return;
        _saidPrices.Add(price.Value);
        ref var prices = ref CollectionsMarshal.GetValueRefOrAddDefault(_prices, plan, out _);
        (prices ??= new QuantileSketch()).Add(price.Value);
    }

    private static PropertyFacts? Facts(Dictionary<string, PropertyFacts> traits, string name)
    {
        if (traits.TryGetValue(name, out var facts) || traits.Count >= MaxProperties)
            return facts;
        return traits[name] = new PropertyFacts(name);
    }

    private PersonFacts PersonOf(UsageEvent usage)
    {
        if (usage is { UserId: { } user, AnonymousId: { } anonymous })
            _aliases.TryAdd(anonymous, user);
        return Person(usage.UserId ?? (_aliases.TryGetValue(usage.AnonymousId!, out string? known) ? known : "~" + usage.AnonymousId));
    }

    private PersonFacts Person(string id)
    {
        if (!_people.TryGetValue(id, out var person))
            _people[id] = person = new PersonFacts();
        return person;
    }

    private NameFacts? NameOf(string name, bool isView)
    {
        if (_names.TryGetValue(name, out var facts))
            return facts;
        if (_names.Count == MaxNames)
            return null;
        return _names[name] = new NameFacts(name, _names.Count, isView);
    }

    private void Note(DateTimeOffset at)
    {
        Events++;
        First = at < First ? at : First;
        Last = at > Last ? at : Last;
    }

    private static void Count(Dictionary<string, long> counts, string? name)
    {
        if (name is null)
            return;
        CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _)++;
    }

    private static long Min(long known, long moment) => known == 0 || moment < known ? moment : known;
}
