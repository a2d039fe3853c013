using System.Text.Json;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// PostHog and Amplitude keep groups of several types of a person: which of them is the account that pays. The likelier types first, else
/// the first group there is.
/// </summary>
internal static class GroupTypes
{
    private static readonly string[] OfAccounts =
    [
        "company",
        "organization",
        "organisation",
        "account",
        "org id",
        "org_id",
        "workspace",
        "team",
        "tenant",
        "customer",
        "project",
        "instance",
    ];

    /// <summary>The account among groups by their types; a group is an id, or a list of which the first counts.</summary>
    public static string? AccountOf(JsonElement? groups)
    {
        if (groups is not { } known)
            return null;
        var named = known
            .EnumerateObject()
            .Select(group => (group.Name, Id: First(group.Value)))
            .Where(group => group.Id is not null)
            .ToList();
        foreach (string type in OfAccounts)
        {
            if (named.Find(group => group.Name.Equals(type, StringComparison.OrdinalIgnoreCase)).Id is { } account)
                return account;
        }
        return named.Count > 0 ? named[0].Id : null;
    }

    private static string? First(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array => value.EnumerateArray().Select(First).FirstOrDefault(id => id is not null),
            _ => null,
        };
}
