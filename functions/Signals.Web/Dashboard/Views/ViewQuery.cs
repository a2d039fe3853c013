namespace Signals.Web.Dashboard.Views;

/// <summary>
/// The query of a saved view. An address that does not say whose accounts are meant shows everybody their own, so one's own view may be
/// silent about it. A view for the team never is: under one name all see the same accounts.
/// </summary>
internal static class ViewQuery
{
    private const string CsmPart = CsmChoice.Parameter + "=";

    /// <summary>The query as it shows others what it shows its reader now.</summary>
    public static string ForAll(string query, Reader reader) =>
        Parts(query).Any(IsCsm)
            ? query
            : string.Join('&', Parts(query).Append(CsmPart + Uri.EscapeDataString(reader.Csm ?? CsmChoice.Everybody)));

    /// <summary>True where two queries show their reader the same list.</summary>
    public static bool AreSame(string one, string other, Reader reader) => Said(one, reader).SetEquals(Said(other, reader));

    /// <summary>What a query says, and whose accounts it means where it does not say so.</summary>
    private static HashSet<string> Said(string query, Reader reader) => [.. Parts(ForAll(query, reader)).Select(Uri.UnescapeDataString)];

    private static string[] Parts(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsCsm(string part) => part.StartsWith(CsmPart, StringComparison.Ordinal);
}
