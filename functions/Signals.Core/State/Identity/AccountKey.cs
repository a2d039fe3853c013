using Signals.Core.Intake.Doors;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Identity;

/// <summary>
/// An account's partition: <c>g_{groupId}</c> for a group, <c>u_{userId}</c> or <c>a_{anonymousId}</c> for a person's own account
/// (then equal to the <see cref="PersonKey"/>). Ids are encoded by <see cref="StorageKey.Encode"/>.
/// </summary>
public readonly record struct AccountKey(string Value)
{
    private const int PrefixLength = 2;

    public static AccountKey Group(string groupId) => new("g_" + StorageKey.Encode(groupId));

    public static AccountKey Own(PersonKey person) => new(person.Value);

    /// <summary>True when this is the account of that group, user or anonymous id.</summary>
    public bool IsOf(string id) => string.Equals(Value[PrefixLength..], StorageKey.Encode(id), StringComparison.Ordinal);

    /// <summary>
    /// The id as far as the key tells it: encoded. Stands in until an event says it as the customer writes it.
    /// </summary>
    public string ProvisionalId => Value[PrefixLength..];

    public bool IsGroup => Value.StartsWith("g_", StringComparison.Ordinal);

    public bool IsAnonymous => Value.StartsWith("a_", StringComparison.Ordinal);

    public override string ToString() => Value;
}

/// <summary>A person: <c>u_{userId}</c>, or <c>a_{anonymousId}</c> until an identify or alias names them.</summary>
public readonly record struct PersonKey(string Value)
{
    public static PersonKey User(string userId) => new("u_" + StorageKey.Encode(userId));

    public static PersonKey Anonymous(string anonymousId) => new("a_" + StorageKey.Encode(anonymousId));

    /// <inheritdoc cref="AccountKey.ProvisionalId"/>
    public string ProvisionalId => AccountKey.Own(this).ProvisionalId;

    public bool IsAnonymous => Value.StartsWith("a_", StringComparison.Ordinal);

    /// <summary>
    /// True for an id that another service has for somebody, or an address that it told: nobody who is counted until the product says who
    /// that is.
    /// </summary>
    public bool IsOfService => IsAnonymous && DoorIds.Is(StorageKey.Decode(ProvisionalId));

    public override string ToString() => Value;
}
