namespace Signals.Core.Model.Doors;

/// <summary>
/// Another service that tells what happens there: how its posts are known to be its own, where in them the events stand, whose they are,
/// and what becomes of each. Its secrets are a setting, never a part of the model.
/// </summary>
/// <param name="Id">The last part of its address, and what secrets, logs and the quarantine call it.</param>
/// <param name="Signature">How its posts are known.</param>
/// <param name="Rules">What becomes of its events; every rule that fits one applies.</param>
public sealed record Door(string Id, DoorSignature Signature, IReadOnlyList<DoorRule> Rules)
{
    /// <summary>The service's name among those that are known; null for one of the model's own.</summary>
    public string? From { get; init; }

    /// <summary>Where a post holds several events; the first that is there. Without one, a list holds them, or the post is one.</summary>
    public IReadOnlyList<DoorPath> Items { get; init; } = [];

    /// <summary>The service's name for what happened; null where it has none.</summary>
    public DoorValue? Type { get; init; }

    /// <summary>What tells an event from others, and the same when it comes again; its content where it has none.</summary>
    public DoorValue? Key { get; init; }

    /// <summary>When it happened; the time of its arrival where it does not say.</summary>
    public DoorValue? Time { get; init; }

    public DoorIdentity Whose { get; init; } = new();

    /// <summary>Types that mean nothing here; a star stands for anything.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The model's plans by the service's names and ids of them.</summary>
    public IReadOnlyDictionary<string, string> Plans { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Mail addresses of the team by the service's ids of them.</summary>
    public IReadOnlyDictionary<string, string> Owners { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override string ToString() => Id;
}

/// <summary>Whose an event is: what of it is there counts, from top to bottom.</summary>
public sealed record DoorIdentity
{
    /// <summary>The account's id in the product.</summary>
    public DoorValue? Account { get; init; }

    /// <summary>The user's id in the product.</summary>
    public DoorValue? User { get; init; }

    /// <summary>A mail address, which is that of the user whom the product's servers called by it.</summary>
    public DoorValue? Email { get; init; }

    /// <summary>
    /// The service's own id of a customer. Once an event says whose it is, by one of the above, events that know nothing else are theirs.
    /// </summary>
    public DoorValue? Link { get; init; }

    public bool IsEmpty => Account is null && User is null && Email is null && Link is null;

    /// <summary>This one, and of the other what it leaves open.</summary>
    public DoorIdentity Over(DoorIdentity other) =>
        new()
        {
            Account = Account ?? other.Account,
            User = User ?? other.User,
            Email = Email ?? other.Email,
            Link = Link ?? other.Link,
        };

    /// <summary>Where it is looked for, in words for whoever finds nobody.</summary>
    public string Written =>
        string.Join(
            "; ",
            new[] { ("account", Account), ("user", User), ("email", Email), ("link", Link) }
                .Where(part => part.Item2 is not null)
                .Select(part => $"{part.Item1} at {part.Item2!.Written}")
        );
}

/// <summary>What becomes of some events of a door.</summary>
/// <param name="On">Their types; a star stands for anything.</param>
/// <param name="To">What they become.</param>
public sealed record DoorRule(IReadOnlyList<string> On, DoorTarget To)
{
    /// <summary>What must be true of them.</summary>
    public IReadOnlyList<DoorCondition> When { get; init; } = [];

    /// <summary>The name of an event of the product's own; null unless <see cref="DoorTarget.Event"/>.</summary>
    public string? Event { get; init; }

    /// <summary>What is taken from them, by what it is called here.</summary>
    public IReadOnlyDictionary<string, DoorValue> Set { get; init; } = new Dictionary<string, DoorValue>(StringComparer.Ordinal);

    /// <summary>Whose they are, where that is not where the door says.</summary>
    public DoorIdentity Whose { get; init; } = new();
}

/// <summary>Something that is true of a payload: one of some texts stands there.</summary>
/// <param name="Path">Where.</param>
/// <param name="Words">The texts, whatever their case; none for anything that is there. One after <c>!</c> must not stand there.</param>
/// <param name="IsAbsent">True where nothing may stand there.</param>
public sealed record DoorCondition(DoorPath Path, IReadOnlyList<string> Words, bool IsAbsent = false)
{
    private const char Not = '!';

    public bool Holds(System.Text.Json.JsonElement payload)
    {
        var found = Path.All(payload).Select(DoorText.Of).OfType<string>().ToList();
        if (IsAbsent || Words.Count == 0)
            return found.Count > 0 != IsAbsent;
        var wanted = Words.Where(word => word[0] != Not).ToList();
        return !Words.Any(word => word[0] == Not && found.Contains(word[1..], StringComparer.OrdinalIgnoreCase))
            && (wanted.Count == 0 || found.Any(text => wanted.Contains(text, StringComparer.OrdinalIgnoreCase)));
    }
}
