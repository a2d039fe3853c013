using Azure.Core;
using Azure.Identity;

namespace Signals.Azure.Settings;

/// <summary>How a service is reached: by a connection string, or at an address with the app's identity.</summary>
/// <param name="ConnectionString">Holds the address and a key; for emulators and local runs. Null means identity.</param>
/// <param name="Address">The endpoint or host name; null with a connection string.</param>
/// <param name="ClientId">The client id of the user-assigned identity; null means the one that the environment offers.</param>
/// <param name="ManagedIdentityOnly">True when only a managed identity may be used, false to try the developer's own sign-ins too.</param>
public sealed record ServiceAccess(
    string? ConnectionString,
    string? Address = null,
    string? ClientId = null,
    bool ManagedIdentityOnly = false
)
{
    public TokenCredential Credential()
    {
        if (!ManagedIdentityOnly)
            return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ClientId });
        return new ManagedIdentityCredential(
            ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(ClientId)
        );
    }

    /// <summary>Names the address, never a key: records print all they hold.</summary>
    public override string ToString() => Address ?? "a connection string";
}
