namespace Signals.Web.Dashboard.Views;

/// <summary>A list of accounts that somebody gave a name: what is filtered, and in which order.</summary>
/// <param name="Id">Its row's key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Query">The address's query, without the question mark.</param>
/// <param name="IsShared">True for everybody's.</param>
/// <param name="IsPinned">True for one that stands on the page itself, and not behind "More views".</param>
/// <param name="By">Who saved it, as the audit trail names people. They and admins remove it.</param>
internal sealed record SavedView(string Id, string Name, string Query, bool IsShared, bool IsPinned, string By)
{
    public const int MaxNameChars = 60;

    public const int MaxQueryChars = 1500;
}
