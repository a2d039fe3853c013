using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.People;

/// <summary>
/// The traits of a person or account that Signals uses, each the latest by event time. Values are text as JSON wrote them
/// (numbers and booleans too), cut to <see cref="MaxValueChars"/>; null means the trait was unset.
/// </summary>
public sealed class Profile
{
    public const int MaxValueChars = 500;

    private static readonly SortedDictionary<string, Stamped> Nothing = new(StringComparer.Ordinal);

    /// <summary>The one above while nothing is known, which is so of many.</summary>
    private SortedDictionary<string, Stamped> _fields = Nothing;

    /// <summary>The traits kept; all others are dropped at the fold.</summary>
    public static readonly IReadOnlySet<string> Known = new HashSet<string>(StringComparer.Ordinal)
    {
        Traits.Plan,
        Traits.Price,
        Traits.Mrr,
        Traits.Seats,
        Traits.Csm,
        Traits.Strategic,
        Traits.Goal,
        Traits.Stage,
        Traits.RenewalAt,
        Traits.TrialEndsAt,
        Traits.CreatedAt,
        Traits.Name,
        Traits.Email,
        Traits.Locale,
        Traits.TimeZone,
        Traits.Role,
        Traits.Unsubscribed,
        Traits.DeactivatedAt,
        Traits.FirstName,
        Traits.FirstNameUnderscored,
    };

    public IReadOnlyDictionary<string, Stamped> Fields => _fields;

    /// <summary>The value, or null: what a server said, and where none said anything, a browser's word.</summary>
    public string? this[string trait]
    {
        get
        {
            bool isKnown = _fields.TryGetValue(trait, out var field) || _fields.TryGetValue(BrowserWords.WaitingName(trait), out field);
            return isKnown && field.Value is { Length: > 0 } value ? value : null;
        }
    }

    /// <summary>The value that a server said, or a browser where its word needs none; null where only a word is known that waits.</summary>
    public string? Told(string trait) => _fields.TryGetValue(trait, out var field) && field.Value is { Length: > 0 } value ? value : null;

    /// <summary>When the newest of what is known was told, by the time of its event; null where nothing is known.</summary>
    public DateTimeOffset? NewestAt => _fields.Count == 0 ? null : _fields.Values.Max(value => value.At);

    /// <summary>True when the value changed.</summary>
    public bool Set(string trait, string? value, DateTimeOffset at, ulong tie)
    {
        if (_fields.TryGetValue(trait, out var old) && !old.IsOlderThan(at, tie))
            return false;
        if (value?.Length > MaxValueChars)
            value = value[..MaxValueChars];
        Enter(trait, new Stamped(value, at, tie));
        return !string.Equals(old.Value, value, StringComparison.Ordinal);
    }

    /// <summary>Forgets values; true when there were any such.</summary>
    public bool Forget(Predicate<string> isErased)
    {
        string[] traits = [.. _fields.Where(field => field.Value.Value is { } value && isErased(value)).Select(field => field.Key)];
        foreach (string trait in traits)
            _fields.Remove(trait);
        return traits.Length > 0;
    }

    public void MergeFrom(Profile other)
    {
        foreach (var (trait, field) in other._fields.Where(field => field.Key != Traits.PlacedByServer))
            Set(trait, field.Value, field.At, field.Tie);
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_fields.Count);
        foreach (var (trait, field) in _fields)
        {
            writer.Text(trait);
            writer.Text(field.Value);
            writer.Time(field.At);
            writer.Fixed64(field.Tie);
        }
    }

    public static Profile Read(ref PackReader reader)
    {
        var profile = new Profile();
        for (int count = reader.Count(); count > 0; count--)
            profile.Enter(reader.Text() ?? "", new Stamped(reader.Text(), reader.Time(), reader.Fixed64()));
        return profile;
    }

    private void Enter(string trait, Stamped value)
    {
        if (ReferenceEquals(_fields, Nothing))
            _fields = new SortedDictionary<string, Stamped>(StringComparer.Ordinal);
        _fields[trait] = value;
    }
}

/// <summary>Names of the traits that Signals uses.</summary>
public static class Traits
{
    /// <summary>Those that are moments.</summary>
    public static readonly IReadOnlySet<string> Moments = new HashSet<string>(StringComparer.Ordinal)
    {
        RenewalAt,
        TrialEndsAt,
        CreatedAt,
        DeactivatedAt,
    };

    public const string Plan = "plan";
    public const string Price = "price";
    public const string Mrr = "mrr";
    public const string Seats = "seats";
    public const string Csm = "csm";
    public const string Strategic = "strategic";
    public const string Goal = "goal";
    public const string Stage = "stage";
    public const string RenewalAt = "renewalAt";
    public const string TrialEndsAt = "trialEndsAt";
    public const string CreatedAt = "createdAt";
    public const string Name = "name";

    /// <summary>Segment's name for it; some libraries send the other spelling.</summary>
    public const string FirstName = "firstName";
    public const string FirstNameUnderscored = "first_name";

    public const string Email = "email";
    public const string Locale = "locale";
    public const string TimeZone = "timezone";
    public const string Role = "role";

    /// <summary>What an SDK says of the device, which a trait of the same name outranks.</summary>
    public const string DeviceLocale = "~locale";
    public const string DeviceTimeZone = "~timezone";

    /// <summary>Of a person's own account: a server said which group they belong to. It stays with the account.</summary>
    public const string PlacedByServer = "~placed";

    public const string Unsubscribed = "unsubscribed";
    public const string DeactivatedAt = "deactivatedAt";
}
