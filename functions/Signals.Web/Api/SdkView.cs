using Signals.Core.State.Seen;

namespace Signals.Web.Api;

/// <summary>An SDK by version; the version is empty where it named none.</summary>
public sealed record SdkView(string Name, string Version, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public static SdkView Of(NameCount sdk)
    {
        var (name, version) = SdkName.Split(sdk.Name);
        return new SdkView(name, version, sdk.Count, sdk.FirstSeen, sdk.LastSeen);
    }
}
