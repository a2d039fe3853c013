namespace Signals.Core.State.Seen;

/// <summary>An SDK as <c>context.library</c> named it: "name/version", or the name alone.</summary>
public static class SdkName
{
    /// <summary>The version is empty where there is none.</summary>
    public static (string Name, string Version) Split(string library) =>
        library.LastIndexOf('/') is >= 0 and var slash ? (library[..slash], library[(slash + 1)..]) : (library, "");
}
