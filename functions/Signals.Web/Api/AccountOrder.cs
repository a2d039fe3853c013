using Signals.Core.State.Indexes;

namespace Signals.Web.Api;

/// <summary>In which order accounts are listed.</summary>
public enum AccountOrder
{
    /// <summary>The worst level first, and in it the most at stake.</summary>
    Risk,

    Name,

    /// <summary>Money times chance, whatever the level: the most first.</summary>
    Stake,

    /// <summary>The highest first.</summary>
    Price,

    /// <summary>From today on, the next first; who has no renewal date is not there.</summary>
    Renewal,

    /// <summary>The lowest first.</summary>
    Health,

    /// <summary>The longest ago first.</summary>
    Seen,
}

internal static class AccountOrders
{
    /// <summary>In the order of <see cref="AccountOrder"/>.</summary>
    public static readonly IReadOnlyList<string> Names = ["risk", "name", "stake", "price", "renewal", "health", "seen"];

    public static string Name(this AccountOrder order) => Names[(int)order];

    public static AccountOrder Parse(string? name) => name is null ? AccountOrder.Risk : (AccountOrder)Names.ToList().IndexOf(name);

    /// <summary>
    /// What an order's keys in <see cref="AccountLists.InOrder"/> begin with; null for orders that are read from the list which fits the
    /// filters.
    /// </summary>
    public static string? RangeOf(AccountOrder order) =>
        order switch
        {
            AccountOrder.Stake => AccountLists.ByStake,
            AccountOrder.Price => AccountLists.ByPrice,
            AccountOrder.Renewal => AccountLists.ByRenewal,
            AccountOrder.Health => AccountLists.ByHealth,
            AccountOrder.Seen => AccountLists.BySeen,
            _ => null,
        };
}
