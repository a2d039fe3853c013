namespace Signals.Azure.Settings;

/// <param name="Endpoint">Signals__LanguageEndpoint: the Azure AI Language resource.</param>
/// <param name="Key">Signals__LanguageKey, for local use; null means the app's identity.</param>
/// <param name="ClientId">AZURE_CLIENT_ID: the user-assigned identity.</param>
/// <param name="ManagedIdentityOnly">Signals__LanguageCredential=managedidentity: the developer's own sign-ins are not tried.</param>
public sealed record LanguageSettings(Uri Endpoint, string? Key = null, string? ClientId = null, bool ManagedIdentityOnly = false)
{
    /// <summary>How the resource is reached without a key.</summary>
    public ServiceAccess Access => new(ConnectionString: null, Endpoint.AbsoluteUri, ClientId, ManagedIdentityOnly);

    public override string ToString() => $"Azure AI Language at {Endpoint}";
}
