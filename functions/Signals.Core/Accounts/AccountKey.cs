using Signals.Core.Storage;

namespace Signals.Core.Accounts;

/// <summary>
/// An account's partition: <c>g_{groupId}</c> for a group, <c>u_{userId}</c> or <c>a_{anonymousId}</c> for a person's own account
/// (then equal to the <see cref="PersonKey"/>). Ids are encoded by <see cref="StorageKey.Encode"/>.
/// </summary>
public readonly record struct AccountKey(string Value)
{
    public static AccountKey Group(string groupId) => new("g_" + StorageKey.Encode(groupId));

    public static AccountKey Own(PersonKey person) => new(person.Value);

    public bool IsGroup => Value.StartsWith("g_", StringComparison.Ordinal);

    public bool IsAnonymous => Value.StartsWith("a_", StringComparison.Ordinal);

    public override string ToString() => Value;
}

/// <summary>A person: <c>u_{userId}</c>, or <c>a_{anonymousId}</c> until an identify or alias names them.</summary>
public readonly record struct PersonKey(string Value)
{
    public static PersonKey User(string userId) => new("u_" + StorageKey.Encode(userId));

    public static PersonKey Anonymous(string anonymousId) => new("a_" + StorageKey.Encode(anonymousId));

    public bool IsAnonymous => Value.StartsWith("a_", StringComparison.Ordinal);

    public override string ToString() => Value;
}
